package io.fairlead.gateway.config;

import io.fairlead.kernel.Secret;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A secret, as text or as {@code file:PATH}. Its text is never shown. Immutable.
 *
 * @param leastLength fewest characters
 * @param lines whether it may have several lines
 */
record SecretKind(int leastLength, boolean lines) implements Kind<Secret> {
    /** A provider's credential, which goes into a header. */
    static final SecretKind CREDENTIAL = new SecretKind(1, false);

    /** The secret of a virtual key. */
    static final SecretKind VIRTUAL_KEY = new SecretKind(24, false);

    /** The content of a credentials file. */
    static final SecretKind DOCUMENT = new SecretKind(1, true);

    private static final String FILE = "file:";
    private static final int MAX_BYTES = 64 * 1024;

    @Override
    public Optional<Secret> read(Node node, String path, Reading in) {
        if (!(node instanceof Node.Scalar scalar) || node.isNothing()) {
            in.problem(node.at(), path, node.describe(), expected());
            return Optional.empty();
        }
        if (!scalar.usable()) {
            return Optional.empty();
        }
        Optional<String> text =
                scalar.text().startsWith(FILE)
                        ? content(scalar.text().substring(FILE.length()), scalar, path, in)
                        : Optional.of(scalar.text());
        return text.flatMap(value -> check(value, scalar, path, in));
    }

    private Optional<Secret> check(String text, Node.Scalar node, String path, Reading in) {
        if (text.length() < Math.max(1, leastLength)) {
            in.problem(node.at(), path, "a secret of " + text.length() + " characters", expected());
            return Optional.empty();
        }
        if (!lines && Kinds.hasControl(text)) {
            in.problem(node.at(), path, "a secret with control characters", expected());
            return Optional.empty();
        }
        return Optional.of(Secret.of(text));
    }

    private Optional<String> content(String name, Node.Scalar node, String path, Reading in) {
        try {
            Path file = in.resolve(name);
            in.dependsOn(file);
            try (InputStream stream = Files.newInputStream(file)) {
                byte[] bytes = stream.readNBytes(MAX_BYTES + 1);
                if (bytes.length > MAX_BYTES) {
                    in.problem(node.at(), path, "a file that is too large", "at most 64KB");
                    return Optional.empty();
                }
                return Optional.of(new String(bytes, StandardCharsets.UTF_8).stripTrailing());
            }
        } catch (IOException | InvalidPathException e) {
            in.problem(
                    node.at(),
                    path,
                    Node.quote(node.raw()) + ", which can't be read",
                    "a file that can be read");
            return Optional.empty();
        }
    }

    @Override
    public String expected() {
        return leastLength > 1
                ? "a secret of " + leastLength + " characters or more, or file:PATH"
                : "a secret, or file:PATH";
    }

    @Override
    public String label() {
        return "secret";
    }

    @Override
    public Map<String, Object> schema(SchemaDefinitions definitions) {
        return Map.of("type", "string");
    }
}
