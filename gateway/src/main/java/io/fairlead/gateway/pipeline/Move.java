package io.fairlead.gateway.pipeline;

import java.util.List;

/**
 * One transition. Immutable.
 *
 * @param next the phase that follows
 * @param ending how the answer will end; {@link Ending#NONE}: as decided before
 * @param effects what to do, in order
 */
record Move(Phase next, Ending ending, List<Effect> effects) {
    static Move to(Phase next, Effect... effects) {
        return new Move(next, Ending.NONE, List.of(effects));
    }

    static Move settle(Ending ending, Effect... effects) {
        return new Move(Phase.SETTLING, ending, List.of(effects));
    }
}
