package io.fairlead.gateway.pipeline;

import io.fairlead.gateway.ledger.RequestRecord;
import io.fairlead.kernel.Endpoint;

import java.util.List;

/**
 * Is told of every request the data plane takes: metrics, logs and traces hang here. Called on
 * event loops, so it must not block; it may be called by several at once.
 */
public interface RequestObserver {
    RequestObserver NONE =
            new RequestObserver() {
                @Override
                public void started(Endpoint endpoint) {}

                @Override
                public void completed(RequestRecord entry, List<Mark> timeline) {}
            };

    void started(Endpoint endpoint);

    /** Called once for each {@link #started}, after the record went to the ledger. */
    void completed(RequestRecord entry, List<Mark> timeline);

    /**
     * A point of a request's timeline.
     *
     * @param what what happened, for example {@code attempt 1 sent}
     * @param atMicros microseconds since the request's head was read
     */
    record Mark(String what, long atMicros) {}
}
