package io.fairlead.gateway.config;

import java.time.Duration;
import java.util.Optional;

/**
 * How hard a deployment is tried, as far as a provider, a model name or a target says so.
 * Immutable.
 *
 * @param retries further attempts after a fault worth retrying; 0 switches retrying off
 * @param breaker whether a deployment that keeps failing is left out for a time
 * @param timeout deadlines
 */
public record ResilienceConfig(
        Optional<Integer> retries, Optional<Boolean> breaker, Timeouts timeout) {

    /**
     * Deadlines.
     *
     * @param connect longest wait for a connection
     * @param firstToken longest wait for the first output token
     * @param idle longest silence between two pieces of an answer
     * @param total longest time for the whole request, all attempts included
     */
    public record Timeouts(
            Optional<Duration> connect,
            Optional<Duration> firstToken,
            Optional<Duration> idle,
            Optional<Duration> total) {
        public static final Timeouts NONE =
                new Timeouts(
                        Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

        Timeouts orElse(Timeouts further) {
            return new Timeouts(
                    connect.or(further::connect),
                    firstToken.or(further::firstToken),
                    idle.or(further::idle),
                    total.or(further::total));
        }
    }

    /** Nothing said. */
    public static final ResilienceConfig NONE =
            new ResilienceConfig(Optional.empty(), Optional.empty(), Timeouts.NONE);

    /** This, and where it says nothing, {@code further}: target, then model name, then provider. */
    public ResilienceConfig orElse(ResilienceConfig further) {
        return new ResilienceConfig(
                retries.or(further::retries),
                breaker.or(further::breaker),
                timeout.orElse(further.timeout));
    }
}
