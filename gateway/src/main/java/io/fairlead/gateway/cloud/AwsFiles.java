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
 * ~/.aws/config}. Stateless; reads each time, because others write.
 */
final class AwsFiles {
    private AwsFiles() {}

    /** The name of the profile that the environment chooses. */
    static String chosen(Map<String, String> environment) {
        return environment.getOrDefault("AWS_PROFILE", "default");
    }

    /** The settings of the profile that the environment chooses. */
    static Map<String, String> profile(Map<String, String> environment) {
        return profile(environment, chosen(environment));
    }

    /** The settings of a profile; empty if there is none of this name. */
    static Map<String, String> profile(Map<String, String> environment, String profile) {
        // the credentials file is read last, so that it prevails
        Map<String, String> settings = ofConfig(environment, "profile " + profile);
        if (profile.equals("default")) {
            settings.putAll(ofConfig(environment, profile));
        }
        read(environment, "AWS_SHARED_CREDENTIALS_FILE", "credentials")
                .ifPresent(lines -> settings.putAll(section(lines, profile)));
        return settings;
    }

    /** The settings under which several profiles sign on; empty if there are none of this name. */
    static Map<String, String> signOn(Map<String, String> environment, String name) {
        return ofConfig(environment, "sso-session " + name);
    }

    /** What a sign-on left for the tools that come after; empty: nobody has signed on. */
    static Optional<String> signedOn(Map<String, String> environment, String name) {
        String home = environment.get("HOME");
        try {
            return home == null
                    ? Optional.empty()
                    : Optional.of(
                            Files.readString(
                                    Path.of(home, ".aws", "sso", "cache", name + ".json")));
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private static Map<String, String> ofConfig(Map<String, String> environment, String section) {
        return read(environment, "AWS_CONFIG_FILE", "config")
                .map(lines -> section(lines, section))
                .orElseGet(HashMap::new);
    }

    private static Optional<List<String>> read(
            Map<String, String> environment, String variable, String name) {
        @Nullable String path = environment.get(variable);
        @Nullable String home = environment.get("HOME");
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
