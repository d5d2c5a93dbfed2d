package io.fairlead.simulator.fault;

import io.fairlead.simulator.SimBody;
import io.fairlead.simulator.SimStep;

import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;

/**
 * A body up to a number of events (sends) or bytes, with other steps after that. A body that is
 * shorter gets the other steps at its end. The announced length stays as it was. Immutable.
 */
record Truncated(SimBody body, long maxEvents, long maxBytes, List<SimStep> then)
        implements SimBody {

    static SimBody afterEvents(SimBody body, long events, SimStep... then) {
        return new Truncated(body, events, Long.MAX_VALUE, List.of(then));
    }

    static SimBody afterBytes(SimBody body, long bytes, SimStep... then) {
        return new Truncated(body, Long.MAX_VALUE, bytes, List.of(then));
    }

    @Override
    public OptionalLong length() {
        return body.length();
    }

    @Override
    public Iterator<SimStep> steps() {
        return new Steps(body.steps(), then.iterator(), maxEvents, maxBytes);
    }

    private static final class Steps implements Iterator<SimStep> {
        private final Iterator<SimStep> source;
        private final Iterator<SimStep> rest;
        private long eventsLeft;
        private long bytesLeft;

        Steps(Iterator<SimStep> source, Iterator<SimStep> rest, long events, long bytes) {
            this.source = source;
            this.rest = rest;
            this.eventsLeft = events;
            this.bytesLeft = bytes;
        }

        @Override
        public boolean hasNext() {
            return sourceGoesOn() || rest.hasNext();
        }

        @Override
        public SimStep next() {
            if (!sourceGoesOn()) {
                return rest.next();
            }
            SimStep step = source.next();
            if (!(step instanceof SimStep.Send send)) {
                return step;
            }
            eventsLeft--;
            int kept = (int) Math.min(send.length(), bytesLeft);
            bytesLeft -= kept;
            return send.slice(0, kept);
        }

        private boolean sourceGoesOn() {
            return eventsLeft > 0 && bytesLeft > 0 && source.hasNext();
        }
    }
}
