package io.fairlead.gateway.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is collected while one configuration is read: problems, warnings and the files that it drew
 * in. Confined to one thread.
 */
final class Reading {
    private static final int MAX_PROBLEMS = 200;

    private final String file;
    private final Path folder;
    private final Map<String, String> environment;
    private final List<ConfigProblem> problems = new ArrayList<>();
    private final List<ConfigProblem> warnings = new ArrayList<>();
    private final Set<Path> files = new LinkedHashSet<>();

    /**
     * @param file what problems call the file
     * @param folder what relative paths in it are relative to
     */
    Reading(String file, Path folder, Map<String, String> environment) {
        this.file = file;
        this.folder = folder;
        this.environment = environment;
    }

    Map<String, String> environment() {
        return environment;
    }

    List<ConfigProblem> problems() {
        return problems;
    }

    List<ConfigProblem> warnings() {
        return warnings;
    }

    Set<Path> files() {
        return files;
    }

    boolean failed() {
        return !problems.isEmpty();
    }

    void problem(Node.Position at, String path, String found, String expected) {
        problem(at, path, found, expected, Optional.empty());
    }

    /** Collects a problem; of a file that is wrong all over, the first few hundred are enough. */
    void problem(
            Node.Position at,
            String path,
            String found,
            String expected,
            Optional<String> suggestion) {
        if (problems.size() < MAX_PROBLEMS) {
            problems.add(
                    new ConfigProblem(
                            file, at.line(), at.column(), path, found, expected, suggestion));
        }
    }

    void warning(Node.Position at, String path, String found, String expected) {
        if (warnings.size() < MAX_PROBLEMS) {
            warnings.add(
                    new ConfigProblem(
                            file, at.line(), at.column(), path, found, expected, Optional.empty()));
        }
    }

    /** Where {@code name} in the file points to. */
    Path resolve(String name) {
        return folder.resolve(name).normalize();
    }

    /** Remembers that the configuration depends on {@code path}. */
    void dependsOn(Path path) {
        files.add(path);
    }

    /** {@code path.key}, with odd keys in brackets. */
    static String join(String path, String key) {
        boolean plain = !key.isEmpty();
        for (int i = 0; i < key.length() && plain; i++) {
            char c = key.charAt(i);
            plain = Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == '/';
        }
        if (!plain) {
            return path + "[" + Node.quote(key) + "]";
        }
        return path.isEmpty() ? key : path + "." + key;
    }
}
