package io.fairlead.gateway.config;

import static io.fairlead.gateway.config.Yaml.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.kernel.Secret;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

final class EnvironmentTest {
    @TempDir Path folder;

    @Test
    void startsWithTheSimulatedProviderAlone() {
        ConfigReading reading = withoutFile(Map.of());

        assertThat(reading.problems()).isEmpty();
        assertThat(reading.config().orElseThrow().providers().keySet()).containsExactly("sim");
        assertThat(reading.config().orElseThrow().server()).isEqualTo(ServerConfig.DEFAULT);
    }

    @Test
    void findsProvidersUnderTheNamesOfTheirOwnSdks() {
        GatewayConfig config =
                withoutFile(
                                Map.of(
                                        "OPENAI_API_KEY", "x",
                                        "OPENAI_BASE_URL", "http://127.0.0.1:9/v1/",
                                        "GROQ_API_KEY", " y ",
                                        "GROQ_API_BASE", "http://127.0.0.1:8",
                                        "MISTRAL_API_KEY", ""))
                        .config()
                        .orElseThrow();

        assertThat(config.providers().keySet()).containsExactly("openai", "groq", "sim");
        ProviderConfig openai = provider(config, "openai");
        assertThat(openai.origin()).isEqualTo(ProviderConfig.Origin.ENVIRONMENT);
        assertThat(openai.keys()).containsExactly(new ProviderConfig.Key(Secret.of("x"), 1));
        assertThat(openai.baseUrl()).contains(URI.create("http://127.0.0.1:9/v1"));
        assertThat(provider(config, "groq").keys())
                .containsExactly(new ProviderConfig.Key(Secret.of("y"), 1));
        assertThat(provider(config, "groq").baseUrl()).contains(URI.create("http://127.0.0.1:8"));
    }

    @Test
    void leavesTheBaseUrlToTheCatalogueOtherwise() {
        GatewayConfig config = withoutFile(Map.of("OPENAI_API_KEY", "x")).config().orElseThrow();

        assertThat(provider(config, "openai").baseUrl()).isEmpty();
    }

    @Test
    void fillsVariablesOfACatalogueBaseUrl() {
        GatewayConfig config =
                withoutFile(Map.of("AZURE_API_KEY", "x", "AZURE_RESOURCE_NAME", "mine"))
                        .config()
                        .orElseThrow();

        assertThat(provider(config, "azure").baseUrl())
                .contains(URI.create("https://mine.example.com/v1"));
    }

    @Test
    void saysWhatIsMissingForACatalogueBaseUrl() {
        ConfigReading reading = withoutFile(Map.of("AZURE_API_KEY", "x"));

        assertThat(reading.config().orElseThrow().providers()).doesNotContainKey("azure");
        assertThat(reading.warnings().toString()).contains("AZURE_RESOURCE_NAME");
    }

    @Test
    void takesNoKeyOfAProviderWhoseCredentialIsMoreThanAText() {
        GatewayConfig config =
                withoutFile(Map.of("AWS_SECRET_ACCESS_KEY", "x", "AWS_REGION", "eu"))
                        .config()
                        .orElseThrow();

        assertThat(config.providers()).doesNotContainKey("amazon-bedrock");
    }

    @Test
    void addsTheEnvironmentToAFile() {
        GatewayConfig config =
                new Yaml(
                                folder,
                                Map.of(
                                        "OPENAI_API_KEY", "x",
                                        "OPENAI_BASE_URL", "http://127.0.0.1:9",
                                        "ANTHROPIC_API_KEY", "y",
                                        "GROQ_API_KEY", "z"))
                        .good(
                                """
                                providers:
                                  openai:
                                  groq: off
                                  eu: { type: anthropic }
                                  elsewhere: { type: openai, base_url: "https://other.example.com" }
                                """);

        assertThat(config.providers().keySet())
                .containsExactly("openai", "eu", "elsewhere", "anthropic", "sim");
        assertThat(provider(config, "openai").keys()).hasSize(1);
        assertThat(provider(config, "openai").baseUrl()).contains(URI.create("http://127.0.0.1:9"));
        assertThat(provider(config, "eu").keys()).hasSize(1);
        assertThat(provider(config, "elsewhere").keys())
                .as("a key goes to its own provider only")
                .isEmpty();
    }

    @Test
    void takesTheFileBeforeTheEnvironment() {
        GatewayConfig config =
                new Yaml(
                                folder,
                                Map.of(
                                        "OPENAI_API_KEY", "x",
                                        "OPENAI_BASE_URL", "http://127.0.0.1:9"))
                        .good(
                                """
                                providers: { openai: { api_key: mine, base_url: "http://127.0.0.1:1" } }
                                """);

        assertThat(provider(config, "openai").keys())
                .containsExactly(new ProviderConfig.Key(Secret.of("mine"), 1));
        assertThat(provider(config, "openai").baseUrl()).contains(URI.create("http://127.0.0.1:1"));
    }

    @Test
    void takesTheCommandLineBeforeTheFile() {
        Yaml yaml = new Yaml(folder, Map.of("FAIRLEAD_ADMIN_KEY", "an-admin-key"));
        yaml.write("server: { host: 127.0.0.1, port: 1 }");
        ConfigReading reading =
                new ConfigSource(
                                Optional.of(yaml.file()),
                                yaml.environment(),
                                new ConfigSource.Overrides(Optional.of("0.0.0.0"), Optional.of(2)),
                                Yaml.CATALOGUE)
                        .read();

        ServerConfig server = reading.config().orElseThrow().server();
        assertThat(server.host()).isEqualTo("0.0.0.0");
        assertThat(server.port()).isEqualTo(2);
        assertThat(server.adminKey()).contains(SecretHash.of("an-admin-key"));
    }

    @Test
    void refusesAnotherAddressWithoutAnAdminKey() {
        ConfigReading reading =
                new ConfigSource(
                                Optional.empty(),
                                Map.of(),
                                new ConfigSource.Overrides(
                                        Optional.of("0.0.0.0"), Optional.empty()),
                                Yaml.CATALOGUE)
                        .read();

        assertThat(reading.config()).isEmpty();
        assertThat(reading.problems()).hasSize(1);
        assertThat(reading.problems().toString()).contains("0.0.0.0", "admin_key");
    }

    @Test
    void refusesABaseUrlThatIsNone() {
        ConfigReading reading =
                withoutFile(Map.of("OPENAI_API_KEY", "x", "OPENAI_BASE_URL", "user:pass@host"));

        assertThat(reading.problems().toString())
                .contains("OPENAI_BASE_URL")
                .doesNotContain("pass");
    }

    @Test
    void neverCallsItself() {
        ConfigReading reading =
                withoutFile(
                        Map.of(
                                "OPENAI_API_KEY", "x",
                                "OPENAI_BASE_URL", "http://localhost:4000/v1"));

        assertThat(provider(reading.config().orElseThrow(), "openai").baseUrl()).isEmpty();
        assertThat(reading.warnings().toString()).contains("OPENAI_BASE_URL");
    }

    @Test
    void leavesOutAKeyThatCannotBeAHeader() {
        ConfigReading reading = withoutFile(Map.of("OPENAI_API_KEY", "a\nb"));

        assertThat(reading.config().orElseThrow().providers()).doesNotContainKey("openai");
        assertThat(reading.warnings()).hasSize(1);
    }

    @Test
    void knowsWhichVariablesAreKeys() {
        KnownProvider google =
                KnownProvider.of(
                        "google",
                        List.of("x-goog-api-key", "query:key"),
                        List.of("GOOGLE_API_KEY", "GEMINI_API_KEY"),
                        Optional.empty());
        KnownProvider cloudflare =
                KnownProvider.of(
                        "cloudflare",
                        List.of("bearer:cf-aig-authorization"),
                        List.of("CLOUDFLARE_API_TOKEN", "CLOUDFLARE_ACCOUNT_ID"),
                        Optional.empty());

        assertThat(google.keyNames()).containsExactly("GOOGLE_API_KEY", "GEMINI_API_KEY");
        assertThat(google.baseUrlNames())
                .containsExactly(
                        "GOOGLE_BASE_URL", "GOOGLE_API_BASE", "GEMINI_BASE_URL", "GEMINI_API_BASE");
        assertThat(cloudflare.keyNames()).containsExactly("CLOUDFLARE_API_TOKEN");
    }

    private static ConfigReading withoutFile(Map<String, String> environment) {
        return new ConfigSource(
                        Optional.empty(), environment, ConfigSource.Overrides.NONE, Yaml.CATALOGUE)
                .read();
    }
}
