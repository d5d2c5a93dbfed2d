package io.fairlead.gateway.pipeline;

import static io.fairlead.gateway.pipeline.Effect.CANCEL_ATTEMPT;
import static io.fairlead.gateway.pipeline.Effect.COMMIT;
import static io.fairlead.gateway.pipeline.Effect.DECIDE;
import static io.fairlead.gateway.pipeline.Effect.FETCH_MEDIA;
import static io.fairlead.gateway.pipeline.Effect.FINISH;
import static io.fairlead.gateway.pipeline.Effect.FINISH_UNRECORDED;
import static io.fairlead.gateway.pipeline.Effect.JUDGE_FAULT;
import static io.fairlead.gateway.pipeline.Effect.LOAD_CHAIN;
import static io.fairlead.gateway.pipeline.Effect.OPEN_STREAM;
import static io.fairlead.gateway.pipeline.Effect.PAUSE;
import static io.fairlead.gateway.pipeline.Effect.RECORD_CANCELLED;
import static io.fairlead.gateway.pipeline.Effect.RECORD_COMPLETED;
import static io.fairlead.gateway.pipeline.Effect.RECORD_FAILED;
import static io.fairlead.gateway.pipeline.Effect.RELEASE;
import static io.fairlead.gateway.pipeline.Effect.START_ATTEMPT;
import static io.fairlead.gateway.pipeline.Ending.ANSWER;
import static io.fairlead.gateway.pipeline.Ending.BROKEN_OFF;
import static io.fairlead.gateway.pipeline.Ending.ERROR;
import static io.fairlead.gateway.pipeline.Ending.PROVIDERS_ERROR;
import static io.fairlead.gateway.pipeline.Ending.SILENCE;
import static io.fairlead.gateway.pipeline.Phase.ATTEMPTING;
import static io.fairlead.gateway.pipeline.Phase.DECIDING;
import static io.fairlead.gateway.pipeline.Phase.DONE;
import static io.fairlead.gateway.pipeline.Phase.HOLDING;
import static io.fairlead.gateway.pipeline.Phase.RELAYING;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * The machine that every request runs through, as one pure function. Stateless.
 *
 * <pre>
 *            body read            try            answer began         commit point
 * RECEIVING ───────────► DECIDING ─────► ATTEMPTING ─────► HOLDING ────────────────► RELAYING
 *     │                  │  ▲  ▲ │pause      │                │                         │
 *     │                  │  │  └─┘           │ fault          │ fault                   │ complete,
 *     │ refused,         │  └────────────────┴────────────────┘                         │ fault,
 *     │ client gone      │ give up, pass on, refused          │ complete                │ client gone
 *     ▼                  ▼                                    ▼                         ▼
 *   ┌──────────────────────────────────────────────────────────────────────────────────────┐
 *   │ SETTLING: the record goes to the ledger, then the end of the answer to the client    │ ──► DONE
 *   └──────────────────────────────────────────────────────────────────────────────────────┘
 * </pre>
 *
 * An attempt whose provider wants bytes of media that are not there yet goes back to DECIDING until
 * they are, and a request that goes on from a kept response stays there until that is found. A
 * client that goes away, a stop of the gateway that has waited long enough, and a defect of ours
 * lead to SETTLING from everywhere.
 */
final class Transitions {
    private static final Move DECIDED = Move.to(DECIDING, DECIDE);
    private static final Move LOAD = Move.to(DECIDING, LOAD_CHAIN);
    private static final Move ATTEMPT = Move.to(ATTEMPTING, START_ATTEMPT);
    private static final Move WAIT = Move.to(DECIDING, PAUSE);
    private static final Move FETCH = Move.to(DECIDING, FETCH_MEDIA);
    private static final Move HOLD = Move.to(HOLDING);
    private static final Move RELAY = Move.to(RELAYING, COMMIT);
    private static final Move JUDGE = Move.to(DECIDING, CANCEL_ATTEMPT, JUDGE_FAULT);
    private static final Move COMPLETE = Move.settle(ANSWER, RECORD_COMPLETED);
    private static final Move FAIL = Move.settle(ERROR, RECORD_FAILED);
    private static final Move FAIL_OPEN = Move.settle(BROKEN_OFF, RECORD_FAILED);
    private static final Move HAND_ON = Move.settle(PROVIDERS_ERROR, RECORD_FAILED);
    private static final Move BREAK_OFF = Move.settle(BROKEN_OFF, CANCEL_ATTEMPT, RECORD_FAILED);
    private static final Move ABORT = Move.settle(ERROR, CANCEL_ATTEMPT, RECORD_FAILED);
    private static final Move HANG_UP = Move.settle(SILENCE, CANCEL_ATTEMPT, RECORD_CANCELLED);
    private static final Move END = Move.to(DONE, FINISH, RELEASE);
    private static final Move END_UNRECORDED = Move.to(DONE, FINISH_UNRECORDED, RELEASE);

    private Transitions() {}

    /**
     * What follows when {@code happening} comes in {@code phase}; what can't matter any more is
     * {@link #ignored}.
     *
     * @param headOut whether the client has already been sent a status
     */
    static Move next(Phase phase, Happening happening, boolean headOut) {
        return switch (phase) {
            case RECEIVING ->
                    switch (happening) {
                        case BODY_READ -> DECIDED;
                        case REFUSED -> FAIL;
                        case CLIENT_GONE -> HANG_UP;
                        case STOPPED, DEFECT -> ABORT;
                        default -> ignored(phase);
                    };
            case DECIDING ->
                    switch (happening) {
                        case TRY, PAUSE_OVER, MEDIA_THERE -> ATTEMPT;
                        case TRY_LATER -> WAIT;
                        case CHAIN_WANTED -> LOAD;
                        case CHAIN_THERE -> DECIDED;
                        case MEDIA_REFUSED -> JUDGE;
                        case PASS_ON -> headOut ? FAIL_OPEN : HAND_ON;
                        case GIVE_UP, REFUSED -> headOut ? FAIL_OPEN : FAIL;
                        case HOLD_OVER -> open(phase);
                        case CLIENT_GONE -> HANG_UP;
                        case STOPPED, DEFECT -> headOut ? BREAK_OFF : ABORT;
                        default -> ignored(phase);
                    };
            case ATTEMPTING ->
                    switch (happening) {
                        case MEDIA_WANTED -> FETCH;
                        case ANSWER_BEGAN -> HOLD;
                        case FAULT -> JUDGE;
                        case REFUSED -> headOut ? FAIL_OPEN : FAIL;
                        case HOLD_OVER -> open(phase);
                        case CLIENT_GONE -> HANG_UP;
                        case STOPPED, DEFECT -> headOut ? BREAK_OFF : ABORT;
                        default -> ignored(phase);
                    };
            case HOLDING ->
                    switch (happening) {
                        case COMMIT_POINT -> RELAY;
                        case ANSWER_COMPLETE -> COMPLETE;
                        case FAULT -> JUDGE;
                        case HOLD_OVER -> open(phase);
                        case CLIENT_GONE -> HANG_UP;
                        case STOPPED, DEFECT -> headOut ? BREAK_OFF : ABORT;
                        default -> ignored(phase);
                    };
            case RELAYING ->
                    switch (happening) {
                        case ANSWER_COMPLETE -> COMPLETE;
                        case FAULT, STOPPED, DEFECT -> BREAK_OFF;
                        case CLIENT_GONE -> HANG_UP;
                        default -> ignored(phase);
                    };
            case SETTLING ->
                    switch (happening) {
                        case RECORDED -> END;
                        case NOT_RECORDED, DEFECT -> END_UNRECORDED;
                        default -> ignored(phase);
                    };
            case DONE -> ignored(phase);
        };
    }

    private static final Map<Phase, Move> IGNORED = moves();
    private static final Map<Phase, Move> OPENED = moves(OPEN_STREAM);

    private static Move ignored(Phase phase) {
        return Objects.requireNonNull(IGNORED.get(phase));
    }

    private static Move open(Phase phase) {
        return Objects.requireNonNull(OPENED.get(phase));
    }

    /** For each phase the move that stays in it. */
    private static Map<Phase, Move> moves(Effect... effects) {
        Map<Phase, Move> moves = new EnumMap<>(Phase.class);
        for (Phase phase : Phase.values()) {
            moves.put(phase, Move.to(phase, effects));
        }
        return moves;
    }
}
