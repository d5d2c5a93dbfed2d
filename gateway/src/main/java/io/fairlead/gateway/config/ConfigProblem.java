package io.fairlead.gateway.config;

import java.util.Optional;

/**
 * One thing that is wrong with the configuration, or that the operator should know. It never shows
 * a secret or a value from the environment. Immutable.
 *
 * @param file the file, as the operator named it; or {@code environment}, or {@code command line}
 * @param line from 1; 0 if there is no place
 * @param column from 1; 0 if there is no place
 * @param path where in the configuration: {@code providers.pool.keys[0].weight}; empty: as a whole
 * @param found what stands there
 * @param expected what should stand there
 * @param suggestion what was probably meant
 */
public record ConfigProblem(
        String file,
        int line,
        int column,
        String path,
        String found,
        String expected,
        Optional<String> suggestion) {

    /** {@code file:line:column: path: found …, expected …; did you mean …?}, on one line. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(file);
        if (line > 0) {
            text.append(':').append(line).append(':').append(column);
        }
        text.append(": ");
        if (!path.isEmpty()) {
            text.append(path).append(": ");
        }
        text.append("found ").append(found).append(", expected ").append(expected);
        suggestion.ifPresent(s -> text.append("; did you mean ").append(s).append('?'));
        return text.toString();
    }
}
