package io.fairlead.gateway.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Applies a changed configuration without a restart. It looks at the files again and again instead
 * of asking the system for events: that also sees files that are swapped by a link (Kubernetes),
 * renamed into place (editors) or on a network, and costs a few microseconds. A change counts once
 * it has stood still for one interval, so a half-written file is not read. A bad configuration is
 * refused as a whole, and the last good one stays. Thread-safe.
 */
public final class ConfigWatch implements AutoCloseable {
    private static final Duration INTERVAL = Duration.ofMillis(500);

    private final ConfigSource source;
    private final Listener listener;
    private final long intervalMillis;
    private final CountDownLatch closed = new CountDownLatch(1);
    private Optional<GatewayConfig> current;
    private Set<Path> files;

    /** Takes what a reload leads to. Called by one thread at a time. */
    public interface Listener {
        /** From now on {@code config} counts. */
        void applied(GatewayConfig config, List<ConfigProblem> warnings);

        /** The last good configuration stays. */
        void refused(List<ConfigProblem> problems);
    }

    private ConfigWatch(
            ConfigSource source, ConfigReading first, Duration interval, Listener listener) {
        this.source = source;
        this.listener = listener;
        this.intervalMillis = interval.toMillis();
        this.current = first.config();
        this.files = first.files();
    }

    /** Starts to watch, if there is a file. */
    public static ConfigWatch start(ConfigSource source, ConfigReading first, Listener listener) {
        return start(source, first, INTERVAL, listener);
    }

    static ConfigWatch start(
            ConfigSource source, ConfigReading first, Duration interval, Listener listener) {
        ConfigWatch watch = new ConfigWatch(source, first, interval, listener);
        if (source.file().isPresent()) {
            Thread.ofVirtual().name("config-watch").start(watch::run);
        }
        return watch;
    }

    /** Reads everything now and applies it if it is good and differs. Blocks on the disk. */
    public synchronized ConfigReading reload() {
        ConfigReading reading = source.read();
        Set<Path> both = new LinkedHashSet<>(reading.files());
        if (reading.config().isEmpty()) {
            both.addAll(files);
        }
        files = Set.copyOf(both);
        if (reading.config().isEmpty()) {
            listener.refused(reading.problems());
        } else if (!reading.config().equals(current)) {
            apply(reading, reading.config().get());
        }
        return reading;
    }

    private void apply(ConfigReading reading, GatewayConfig config) {
        try {
            listener.applied(config, reading.warnings());
            current = Optional.of(config);
        } catch (RuntimeException e) {
            // The watch must live on, and the operator must see that the change did not.
            listener.refused(
                    List.of(
                            new ConfigProblem(
                                    source.file().map(Path::toString).orElse("environment"),
                                    0,
                                    0,
                                    "",
                                    "a configuration that failed to apply: " + e,
                                    "one that applies",
                                    Optional.empty())));
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }

    private void run() {
        // nobody knows whether the files still hold what was read, so they are read once more
        Map<Path, Mark> applied = Map.of();
        Map<Path, Mark> before = marks();
        while (!pause()) {
            Map<Path, Mark> now = marks();
            if (!now.equals(applied) && now.equals(before)) {
                reload();
                applied = marks();
                applied.replaceAll((file, mark) -> now.getOrDefault(file, mark));
            }
            before = now;
        }
    }

    private boolean pause() {
        try {
            return closed.await(intervalMillis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            return true;
        }
    }

    private synchronized Map<Path, Mark> marks() {
        Map<Path, Mark> marks = new HashMap<>();
        for (Path file : files) {
            marks.put(file, Mark.of(file));
        }
        return marks;
    }

    /** What changes when a file does, whichever way. */
    private record Mark(Optional<Path> real, long modifiedNanos, long size, Optional<Object> key) {
        private static final Mark ABSENT = new Mark(Optional.empty(), 0, 0, Optional.empty());

        static Mark of(Path file) {
            try {
                BasicFileAttributes is = Files.readAttributes(file, BasicFileAttributes.class);
                return new Mark(
                        Optional.of(file.toRealPath()),
                        is.lastModifiedTime().to(TimeUnit.NANOSECONDS),
                        is.size(),
                        Optional.ofNullable(is.fileKey()));
            } catch (IOException _) {
                return ABSENT;
            }
        }
    }
}
