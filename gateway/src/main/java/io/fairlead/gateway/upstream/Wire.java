package io.fairlead.gateway.upstream;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;

/**
 * One request on one connection, in the version of HTTP that the connection speaks. Used only on
 * its event loop.
 */
interface Wire {
    /**
     * Hears what becomes of the request: {@code sending}, {@code head}, any number of {@code
     * piece}, then {@code ended}; {@code broken} or {@code unsent} may come instead of any of them
     * and is the last call.
     */
    interface Listener {
        /** The request is ready to go out; false: it shall not. */
        boolean sending();

        void head(int status, MultiMap headers);

        void piece(Buffer piece);

        /**
         * The answer is whole.
         *
         * @param reusable whether the connection can serve another request
         */
        void ended(boolean reusable);

        /**
         * The connection, or what came over it, is of no use.
         *
         * @param heard whether anything came before
         */
        void broken(Throwable cause, boolean heard);

        /** Nothing was sent. */
        void unsent(Throwable cause);
    }

    /** Sends {@code request}; the listener may be called before this returns. */
    void send(UpstreamRequest request, Listener listener);

    /** Stops reading the answer until {@link #resume}. A piece already read may still come. */
    void pause();

    void resume();

    /** Gives the request up; the listener hears nothing more. */
    void reset();
}
