package io.fairlead.gateway.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where the configuration comes from: the file, if there is one, the environment and the command
 * line. Reading it again sees what has changed. Thread-safe.
 */
public final class ConfigSource {
    private static final int MAX_BYTES = 4 << 20;

    private static final Node.Mapping NOTHING = new Node.Mapping(Node.Position.START, List.of());

    private final Optional<Path> file;
    private final Map<String, String> environment;
    private final Overrides overrides;
    private final Supplier<CatalogueNames> catalogue;

    /**
     * What the command line says, which goes before the file.
     *
     * @param host {@code --host}
     * @param port {@code --port}
     */
    public record Overrides(Optional<String> host, Optional<Integer> port) {
        public static final Overrides NONE = new Overrides(Optional.empty(), Optional.empty());
    }

    public ConfigSource(
            Optional<Path> file,
            Map<String, String> environment,
            Overrides overrides,
            CatalogueNames catalogue) {
        this(file, environment, overrides, () -> catalogue);
    }

    /**
     * @param catalogue is asked after the file was read, and may wait for the catalogue until then
     */
    public ConfigSource(
            Optional<Path> file,
            Map<String, String> environment,
            Overrides overrides,
            Supplier<CatalogueNames> catalogue) {
        this.file = file;
        this.environment = Map.copyOf(environment);
        this.overrides = overrides;
        this.catalogue = catalogue;
    }

    /** The variables of this process. Nothing else asks the system for them. */
    public static Map<String, String> environment() {
        return System.getenv();
    }

    public Optional<Path> file() {
        return file;
    }

    /** Reads everything now. Blocks on the disk. */
    public ConfigReading read() {
        String name = file.map(Path::toString).orElse("environment");
        Path folder = file.map(f -> f.toAbsolutePath().getParent()).orElse(Path.of(""));
        Reading in = new Reading(name, folder, environment);
        file.map(Path::toAbsolutePath).ifPresent(in::dependsOn);
        Optional<String> text = file.flatMap(f -> text(f, in));
        return in.failed() ? failure(in) : read(text.orElse(""), in);
    }

    private ConfigReading read(String text, Reading in) {
        Optional<Node> root = YamlTree.read(text, in).filter(node -> !node.isNothing());
        if (root.isEmpty()) {
            return in.failed() ? failure(in) : complete(GatewayConfig.DEFAULT, NOTHING, in);
        }
        Optional<GatewayConfig> config = RootShape.ROOT.read(root.get(), "", in);
        return root.get() instanceof Node.Mapping mapping
                ? complete(config.orElse(GatewayConfig.DEFAULT), mapping, in)
                : failure(in);
    }

    /** Also when there are problems already, to find the others. */
    private ConfigReading complete(GatewayConfig config, Node.Mapping root, Reading in) {
        CatalogueNames names = catalogue.get();
        GatewayConfig merged =
                new EnvironmentMerge(environment, names, overrides, in).apply(config);
        new References(root, merged, names, in).check();
        if (in.failed()) {
            return failure(in);
        }
        return new ConfigReading(Optional.of(merged), in.problems(), in.warnings(), in.files());
    }

    private static ConfigReading failure(Reading in) {
        return new ConfigReading(Optional.empty(), in.problems(), in.warnings(), in.files());
    }

    private static Optional<String> text(Path file, Reading in) {
        Node.Position nowhere = Node.Position.NOWHERE;
        try (InputStream stream = Files.newInputStream(file)) {
            byte[] bytes = stream.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                in.problem(nowhere, "", "more than 4MB", "a smaller file");
                return Optional.empty();
            }
            String text =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            if (text.isBlank()) {
                // More likely a file that is being written than one without any key.
                in.problem(nowhere, "", "an empty file", "a configuration, or no file at all");
            }
            return Optional.of(text);
        } catch (CharacterCodingException _) {
            in.problem(nowhere, "", "bytes that are no UTF-8", "text in UTF-8");
        } catch (NoSuchFileException _) {
            in.problem(nowhere, "", "no such file", "a configuration file");
        } catch (IOException _) {
            in.problem(nowhere, "", "a file that can't be read", "a configuration file");
        }
        return Optional.empty();
    }
}
