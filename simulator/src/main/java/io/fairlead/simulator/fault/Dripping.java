package io.fairlead.simulator.fault;

import io.fairlead.simulator.SimBody;
import io.fairlead.simulator.SimStep;

import org.jspecify.annotations.Nullable;

import java.util.Iterator;
import java.util.OptionalLong;

/** A body of which every byte is sent by itself after a pause. Immutable. */
record Dripping(SimBody body, SimStep.Wait pause) implements SimBody {

    @Override
    public OptionalLong length() {
        return body.length();
    }

    @Override
    public Iterator<SimStep> steps() {
        return new Steps(body.steps(), pause);
    }

    private static final class Steps implements Iterator<SimStep> {
        private final Iterator<SimStep> source;
        private final SimStep.Wait pause;
        private SimStep.@Nullable Send current;
        private int at;
        private boolean paused;

        Steps(Iterator<SimStep> source, SimStep.Wait pause) {
            this.source = source;
            this.pause = pause;
        }

        @Override
        public boolean hasNext() {
            return current != null || source.hasNext();
        }

        @Override
        public SimStep next() {
            SimStep.Send send = current;
            if (send == null) {
                SimStep step = source.next();
                if (!(step instanceof SimStep.Send next) || next.length() < 2) {
                    return step;
                }
                current = next;
                at = 0;
                paused = true;
                return pause;
            }
            if (!paused) {
                paused = true;
                return pause;
            }
            paused = false;
            SimStep.Send one = send.slice(at, 1);
            at++;
            if (at == send.length()) {
                current = null;
            }
            return one;
        }
    }
}
