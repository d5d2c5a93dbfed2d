package io.fairlead.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Reads configurations from text in tests, with a small catalogue. Immutable. */
record Yaml(Path folder, Map<String, String> environment) {
    static final CatalogueNames CATALOGUE =
            new CatalogueNames(
                    List.of(
                            known("openai", "OPENAI_API_KEY", "https://api.openai.com/v1"),
                            known("anthropic", "ANTHROPIC_API_KEY", "https://api.anthropic.com"),
                            known("groq", "GROQ_API_KEY", "https://api.groq.com/openai/v1"),
                            known("mistral", "MISTRAL_API_KEY", "https://api.mistral.ai/v1"),
                            KnownProvider.of(
                                    "azure",
                                    List.of("azure-api-key"),
                                    List.of("AZURE_RESOURCE_NAME", "AZURE_API_KEY"),
                                    Optional.of("https://${AZURE_RESOURCE_NAME}.example.com/v1")),
                            KnownProvider.of(
                                    "amazon-bedrock",
                                    List.of("aws-sigv4", "bearer"),
                                    List.of("AWS_SECRET_ACCESS_KEY", "AWS_REGION"),
                                    Optional.of("https://bedrock.${AWS_REGION}.example.com"))),
                    name -> name.equals("gpt-4o") || name.equals("meta/llama-3"));

    private static KnownProvider known(String id, String key, String url) {
        return KnownProvider.of(id, List.of("bearer"), List.of(key), Optional.of(url));
    }

    Path file() {
        return folder.resolve("fairlead.yaml");
    }

    Yaml with(String name, String value) {
        Map<String, String> more = new HashMap<>(environment);
        more.put(name, value);
        return new Yaml(folder, more);
    }

    ConfigSource source() {
        return new ConfigSource(
                Optional.of(file()), environment, ConfigSource.Overrides.NONE, CATALOGUE);
    }

    ConfigReading read(String yaml) {
        write(yaml);
        return source().read();
    }

    void write(String yaml) {
        try {
            Files.writeString(file(), yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    GatewayConfig good(String yaml) {
        ConfigReading reading = read(yaml);
        assertThat(reading.problems()).isEmpty();
        return reading.config().orElseThrow();
    }

    /** Each problem without the file's name. */
    List<String> problems(String yaml) {
        ConfigReading reading = read(yaml);
        assertThat(reading.config().isEmpty()).isEqualTo(!reading.problems().isEmpty());
        return reading.problems().stream()
                .map(p -> p.toString().substring(p.file().length() + 1))
                .toList();
    }

    static ProviderConfig provider(GatewayConfig config, String id) {
        return Objects.requireNonNull(config.providers().get(id), id);
    }

    static ModelRoute route(GatewayConfig config, String name) {
        return Objects.requireNonNull(config.models().get(name), name);
    }
}
