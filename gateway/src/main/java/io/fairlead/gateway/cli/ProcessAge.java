package io.fairlead.gateway.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How long ago this process began, the start of the JVM and of the launcher included. Linux says it
 * to the hundredth of a second; what the JDK says is rounded by up to a second. Stateless.
 */
final class ProcessAge {
    private static final int HUNDREDTH_MILLIS = 10;

    /** Fields between the end of the command's name and the time the process began. */
    private static final int FIELDS_BEFORE_START = 19;

    private ProcessAge() {}

    static Duration now() {
        try {
            Optional<Duration> age =
                    of(
                            Files.readString(Path.of("/proc/self/stat")),
                            Files.readString(Path.of("/proc/uptime")));
            if (age.isPresent()) {
                return age.get();
            }
        } catch (IOException | RuntimeException _) {
            // not Linux, or not as it documents these files
        }
        return ProcessHandle.current()
                .info()
                .startInstant()
                .map(start -> Duration.between(start, Instant.now()))
                .orElse(Duration.ZERO);
    }

    /**
     * From what Linux shows.
     *
     * @param stat of the process: its 22nd field is when it began, in hundredths of a second
     * @param uptime of the system: its first field is now, in seconds
     * @return absent when these do not fit together
     */
    static Optional<Duration> of(String stat, String uptime) {
        // the second field is the command, in parentheses, and may hold anything
        int at = stat.lastIndexOf(')') + 2;
        for (int i = 0; i < FIELDS_BEFORE_START; i++) {
            at = stat.indexOf(' ', at) + 1;
        }
        long began = Long.parseLong(stat.substring(at, stat.indexOf(' ', at)));
        int point = uptime.indexOf('.');
        long now =
                Long.parseLong(uptime.substring(0, point)) * 100
                        + Long.parseLong(uptime.substring(point + 1, point + 3));
        return now < began
                ? Optional.empty()
                : Optional.of(Duration.ofMillis((now - began) * HUNDREDTH_MILLIS));
    }
}
