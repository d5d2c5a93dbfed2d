package io.fairlead.gateway.config;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What came of reading the configuration. Immutable.
 *
 * @param config the configuration; absent if there is any problem
 * @param problems everything that is wrong, in the order of the file
 * @param warnings what the operator should know, though it is not wrong
 * @param files every file that was read: the configuration itself and those of {@code file:}
 */
public record ConfigReading(
        Optional<GatewayConfig> config,
        List<ConfigProblem> problems,
        List<ConfigProblem> warnings,
        Set<Path> files) {
    public ConfigReading {
        problems = inPlace(problems);
        warnings = inPlace(warnings);
        files = Set.copyOf(files);
    }

    private static List<ConfigProblem> inPlace(List<ConfigProblem> problems) {
        if (problems.size() < 2) {
            return List.copyOf(problems);
        }
        return problems.stream()
                .sorted(
                        Comparator.comparingInt(ConfigProblem::line)
                                .thenComparingInt(ConfigProblem::column))
                .toList();
    }
}
