package io.fairlead.simulator.replay;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The folder of recorded exchanges, which is not part of the project. Stateless. */
final class Corpus {
    private Corpus() {}

    /** The folder; where it is missing the test is skipped, or fails in CI. */
    static Path folder() {
        String set =
                Optional.ofNullable(System.getProperty("fairlead.wire"))
                        .or(() -> Optional.ofNullable(System.getenv("FAIRLEAD_WIRE")))
                        .orElse("../../shared/wire");
        Path folder = Path.of(set);
        boolean there = Files.isDirectory(folder);
        if (!there && "true".equals(System.getenv("CI"))) {
            throw new IllegalStateException("recordings are missing: " + folder.toAbsolutePath());
        }
        assumeTrue(there, "no recordings at " + folder.toAbsolutePath());
        return folder;
    }
}
