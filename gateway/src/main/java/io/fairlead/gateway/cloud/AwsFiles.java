package io.fairlead.gateway.cloud;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The files that AWS's tools share: {@code ~/.aws/credentials}, which goes first, and {@code
 * ~/.aws/config}, of which one profile counts. Stateless; reads each time, because others write.
 */
final class AwsFiles {
    private AwsFiles() {}

    /** The settings of the profile that the environment names. */
    static Map<String, String> profile(Map<String, String> environment) {
        String profile = environment.getOrDefault("AWS_PROFILE", "default");
        String home = environment.get("HOME");
        Map<String, String> settings = new HashMap<>();
        // the credentials file is read last, so that it prevails
        read(environment, "AWS_CONFIG_FILE", home, "config")
                .ifPresent(lines -> {
                    settings.putAll(section(lines, "profile " + profile));
                    if (profile.equals("default")) {
                        settings.putAll(section(lines, profile));
                    }
                });
        read(environment, "AWS_SHARED_CREDENTIALS_FILE", home, "credentials")
                .ifPresent(lines -> settings.putAll(section(lines, profile)));
        return settings;
    }

    private static Optional<List<String>> read(
            Map<String, String> environment, String variable, @Nullable String home, String name) {
        String path = environment.get(variable);
        if (path == null && home == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    Files.readAllLines(path == null ? Path.of(home, ".aws", name) : Path.of(path)));
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private static Map<String, String> section(List<String> lines, String wanted) {
        Map<String, String> settings = new HashMap<>();
        boolean in = false;
        for (String line : lines) {
            String text = line.strip();
            if (text.startsWith("[")) {
                int end = text.indexOf(']');
                String name = end < 0 ? "" : text.substring(1, end).strip();
                in = String.join(" ", name.split("\\s+", -1)).equals(wanted);
            } else if (in && !line.isEmpty() && !Character.isWhitespace(line.charAt(0))) {
                int equals = text.indexOf('=');
                if (equals > 0 && text.charAt(0) != '#' && text.charAt(0) != ';') {
                    settings.put(
                            text.substring(0, equals).strip(), text.substring(equals + 1).strip());
                }
            }
        }
        return settings;
    }
}
