package io.fairlead.gateway.cloud;

import io.fairlead.kernel.Secret;

import java.time.Instant;
import java.util.Optional;

/** What a cloud lends, for a time, to who proves to be somebody. Immutable. */
public sealed interface Grant {
    /** From when on it is of no use; {@link Instant#MAX}: it stays. */
    Instant expires();

    /** What goes into {@code Authorization: Bearer …}. */
    record Token(Secret secret, Instant expires) implements Grant {}

    /**
     * What requests to AWS are signed with.
     *
     * @param sessionToken goes with a temporary pair
     * @param region where they are signed for; absent: as the host says
     */
    record AwsKeys(
            Secret accessKeyId,
            Secret secretAccessKey,
            Optional<Secret> sessionToken,
            Optional<String> region,
            Instant expires)
            implements Grant {}
}
