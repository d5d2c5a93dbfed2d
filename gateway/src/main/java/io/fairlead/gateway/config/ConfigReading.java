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
    private static final Comparator<ConfigProblem> PLACE =
            Comparator.comparingInt(ConfigProblem::line).thenComparingInt(ConfigProblem::column);

    public ConfigReading {
        problems = problems.stream().sorted(PLACE).toList();
        warnings = warnings.stream().sorted(PLACE).toList();
        files = Set.copyOf(files);
    }
}
