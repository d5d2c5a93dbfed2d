package io.fairlead.simulator.openai;

import java.time.Duration;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** A distribution of waiting times. Immutable. */
public sealed interface Latency {
    Latency NONE = new Fixed(Duration.ZERO);

    /** One waiting time. */
    Duration sample(RandomGenerator random);

    /** Always the same. */
    record Fixed(Duration duration) implements Latency {
        @Override
        public Duration sample(RandomGenerator random) {
            return duration;
        }
    }

    /** Anything between two times, equally likely. */
    record Uniform(Duration min, Duration max) implements Latency {
        public Uniform {
            if (min.compareTo(max) > 0) {
                throw new IllegalArgumentException("latency: " + min + " is more than " + max);
            }
        }

        @Override
        public Duration sample(RandomGenerator random) {
            return min.plusNanos((long) (random.nextDouble() * max.minus(min).toNanos()));
        }
    }

    /**
     * Half of the times below the median, and a long tail: the logarithm is normal with deviation
     * {@code sigma}.
     */
    record LogNormal(Duration median, double sigma) implements Latency {
        @Override
        public Duration sample(RandomGenerator random) {
            return Duration.ofNanos(
                    (long) (median.toNanos() * Math.exp(sigma * random.nextGaussian())));
        }
    }

    static Latency ofMillis(long millis) {
        return new Fixed(Duration.ofMillis(millis));
    }

    /**
     * From {@code 20ms}, {@code 10ms..50ms} (uniform) or {@code 20ms~0.5} (log-normal with that
     * deviation).
     */
    static Latency parse(String text) {
        int range = text.indexOf("..");
        if (range > 0) {
            return new Uniform(
                    duration(text.substring(0, range)), duration(text.substring(range + 2)));
        }
        int spread = text.indexOf('~');
        return spread > 0
                ? new LogNormal(
                        duration(text.substring(0, spread)),
                        Double.parseDouble(text.substring(spread + 1)))
                : new Fixed(duration(text));
    }

    private static Duration duration(String text) {
        String lower = text.strip().toLowerCase(Locale.ROOT);
        if (lower.endsWith("ms")) {
            return nanos(lower.substring(0, lower.length() - 2), 1e6);
        } else if (lower.endsWith("us")) {
            return nanos(lower.substring(0, lower.length() - 2), 1e3);
        } else if (lower.endsWith("s")) {
            return nanos(lower.substring(0, lower.length() - 1), 1e9);
        }
        return nanos(lower, 1e6);
    }

    private static Duration nanos(String number, double factor) {
        return Duration.ofNanos((long) (Double.parseDouble(number) * factor));
    }
}
