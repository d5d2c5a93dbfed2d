package io.fairlead.gateway.cloud;

import java.io.IOException;

/** Where a grant comes from. Asked by one thread at a time. */
@FunctionalInterface
interface GrantSource {
    /**
     * Fetches a new one. Blocks.
     *
     * @throws CloudException if there is none for us
     * @throws IOException if nobody answers
     */
    Grant fetch() throws CloudException, IOException, InterruptedException;
}
