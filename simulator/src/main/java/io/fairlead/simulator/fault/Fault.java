package io.fairlead.simulator.fault;

import io.fairlead.simulator.SimAnswer;
import io.fairlead.simulator.SimRequest;

/**
 * Something that goes wrong: turns the answer that would have been given into the one that is.
 * Immutable. {@link FaultNames} has all of them by name.
 */
@FunctionalInterface
public interface Fault {

    SimAnswer apply(SimRequest request, SimAnswer answer);

    /** The fault of that name; throws if there is none. */
    static Fault named(String name) {
        return FaultNames.parse(name)
                .orElseThrow(() -> new IllegalArgumentException("no fault is named " + name));
    }

    /**
     * A fault that concerns only HTTP answers; one that already failed otherwise stays as it is.
     */
    static Fault ofReply(ReplyFault change) {
        return (request, answer) ->
                switch (answer) {
                    case SimAnswer.Reply reply -> change.apply(request, reply);
                    case SimAnswer.Hangup _, SimAnswer.Reset _, SimAnswer.Silence _ -> answer;
                };
    }

    /** Changes an HTTP answer. */
    @FunctionalInterface
    interface ReplyFault {
        SimAnswer apply(SimRequest request, SimAnswer.Reply reply);
    }
}
