package io.fairlead.gateway.upstream;

import io.fairlead.kernel.Secret;

import java.util.Collection;
import java.util.List;

/** A handle on one attempt. Used only on its event loop. */
public interface UpstreamCall {
    /**
     * What was sent in confidence besides the deployment's keys and headers: tokens, signatures.
     */
    default Collection<Secret> lent() {
        return List.of();
    }

    /** Sends the request. The listener may be called before this returns. Called once. */
    void start();

    /** Stops reading the answer until {@link #resume}. A piece already read may still come. */
    void pause();

    void resume();

    /**
     * Gives the attempt up: the provider sees its connection closed (or its stream reset) at once
     * and the listener hears nothing more. Does nothing when the answer is complete.
     */
    void cancel();
}
