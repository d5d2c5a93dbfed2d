package io.fairlead.gateway.routing;

import io.fairlead.gateway.catalogue.Deployment;
import io.fairlead.gateway.catalogue.ProviderKey;
import io.fairlead.kernel.GatewayError;
import io.fairlead.kernel.ProviderFault;

import java.util.Optional;

/** What {@link Failover} wants done next. Immutable. */
public sealed interface Step {

    /**
     * Make one attempt.
     *
     * @param deployment where
     * @param key the credential to use; absent: send none
     * @param number counts all attempts of the request from 1
     * @param delayNanos how long to wait before it, 0 or more
     * @param deadlineNanos the moment (of {@code System.nanoTime()}) at which the deployment's
     *     total deadline passes
     */
    record Try(
            Deployment deployment,
            Optional<ProviderKey> key,
            int number,
            long delayNanos,
            long deadlineNanos)
            implements Step {}

    /**
     * Hand the last attempt's answer (status and body) to the client as it is: the fault is the
     * request's own.
     *
     * @param fault a {@code Rejected} or {@code NotThere}
     */
    record PassOn(ProviderFault fault) implements Step {}

    /**
     * Answer with an error.
     *
     * @param error what the client is told
     */
    record GiveUp(GatewayError error) implements Step {}
}
