package io.fairlead.gateway.upstream;

import io.fairlead.kernel.Secret;

import java.util.Collection;

/** A handle on one attempt to open a WebSocket. Used only on its event loop. */
public interface Socketing {
    /** Begins. The listener may be called before this returns. Called once. */
    void start();

    /** What was sent in confidence besides the deployment's keys and headers. */
    Collection<Secret> lent();

    /** Gives it up: the listener hears nothing more. Does nothing once the socket is open. */
    void cancel();
}
