package io.fairlead.gateway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

final class TransitionsTest {
    private static final Set<Effect> LEADING_ON =
            EnumSet.of(
                    Effect.DECIDE,
                    Effect.JUDGE_FAULT,
                    Effect.RECORD_COMPLETED,
                    Effect.RECORD_FAILED,
                    Effect.RECORD_CANCELLED);

    @ParameterizedTest
    @CsvSource({
        "RECEIVING, BODY_READ, DECIDING, NONE",
        "RECEIVING, REFUSED, SETTLING, ERROR",
        "DECIDING, TRY, ATTEMPTING, NONE",
        "DECIDING, TRY_LATER, DECIDING, NONE",
        "DECIDING, PAUSE_OVER, ATTEMPTING, NONE",
        "ATTEMPTING, MEDIA_WANTED, DECIDING, NONE",
        "DECIDING, MEDIA_THERE, ATTEMPTING, NONE",
        "DECIDING, MEDIA_REFUSED, DECIDING, NONE",
        "DECIDING, CHAIN_WANTED, DECIDING, NONE",
        "DECIDING, CHAIN_THERE, DECIDING, NONE",
        "DECIDING, PASS_ON, SETTLING, PROVIDERS_ERROR",
        "DECIDING, GIVE_UP, SETTLING, ERROR",
        "ATTEMPTING, ANSWER_BEGAN, HOLDING, NONE",
        "ATTEMPTING, FAULT, DECIDING, NONE",
        "HOLDING, COMMIT_POINT, RELAYING, NONE",
        "HOLDING, ANSWER_COMPLETE, SETTLING, ANSWER",
        "HOLDING, FAULT, DECIDING, NONE",
        "RELAYING, ANSWER_COMPLETE, SETTLING, ANSWER",
        "RELAYING, FAULT, SETTLING, BROKEN_OFF",
        "RELAYING, CLIENT_GONE, SETTLING, SILENCE",
        "SETTLING, RECORDED, DONE, NONE",
        "SETTLING, NOT_RECORDED, DONE, NONE",
    })
    void goesOn(Phase phase, Happening happening, Phase next, Ending ending) {
        Move move = Transitions.next(phase, happening, false);
        assertThat(move.next()).isEqualTo(next);
        assertThat(move.ending()).isEqualTo(ending);
    }

    @ParameterizedTest
    @CsvSource({"GIVE_UP", "PASS_ON"})
    void breaksOffWhenTheStatusIsAlreadyOut(Happening happening) {
        assertThat(Transitions.next(Phase.DECIDING, happening, true).ending())
                .isEqualTo(Ending.BROKEN_OFF);
    }

    @Test
    void neverTriesAgainAfterTheCommitPoint() {
        for (Phase phase : reachableFrom(Phase.RELAYING)) {
            for (Happening happening : Happening.values()) {
                for (boolean headOut : List.of(false, true)) {
                    assertThat(Transitions.next(phase, happening, headOut).effects())
                            .as("%s %s", phase, happening)
                            .doesNotContain(Effect.START_ATTEMPT, Effect.JUDGE_FAULT);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Phase.class,
            names = {"RECEIVING", "DECIDING", "ATTEMPTING", "HOLDING", "RELAYING"})
    void cancelsTheAttemptAndRecordsWhenTheClientGoes(Phase phase) {
        Move move = Transitions.next(phase, Happening.CLIENT_GONE, true);
        assertThat(move.effects()).containsExactly(Effect.CANCEL_ATTEMPT, Effect.RECORD_CANCELLED);
        assertThat(move.next()).isEqualTo(Phase.SETTLING);
    }

    @ParameterizedTest
    @EnumSource(
            value = Phase.class,
            names = {"RECEIVING", "DECIDING", "ATTEMPTING", "HOLDING", "RELAYING"})
    void endsWithAnErrorWhenTheGatewayCannotWait(Phase phase) {
        boolean open = phase == Phase.RELAYING;
        Move move = Transitions.next(phase, Happening.STOPPED, open);
        assertThat(move.effects()).containsExactly(Effect.CANCEL_ATTEMPT, Effect.RECORD_FAILED);
        assertThat(move.ending()).isEqualTo(open ? Ending.BROKEN_OFF : Ending.ERROR);
    }

    @Test
    void fetchesMediaBeforeAnAttemptAndThenMakesIt() {
        assertThat(Transitions.next(Phase.ATTEMPTING, Happening.MEDIA_WANTED, false).effects())
                .containsExactly(Effect.FETCH_MEDIA);
        assertThat(Transitions.next(Phase.DECIDING, Happening.MEDIA_THERE, true).effects())
                .containsExactly(Effect.START_ATTEMPT);
        for (Phase phase : Phase.values()) {
            if (phase != Phase.DECIDING) {
                assertThat(Transitions.next(phase, Happening.MEDIA_THERE, true).effects())
                        .as("%s", phase)
                        .isEmpty();
            }
        }
    }

    @Test
    void recordsOnceOnEveryWayToTheEndAndBeforeTheEnding() {
        forEachMove((phase, happening, move) -> {
            long records =
                    move.effects().stream().filter(it -> it.name().startsWith("RECORD_")).count();
            boolean settles = phase != Phase.SETTLING && move.next() == Phase.SETTLING;
            assertThat(records).as("%s %s", phase, happening).isEqualTo(settles ? 1 : 0);
            boolean ends =
                    move.effects().contains(Effect.FINISH)
                            || move.effects().contains(Effect.FINISH_UNRECORDED);
            assertThat(ends)
                    .as("%s %s", phase, happening)
                    .isEqualTo(phase == Phase.SETTLING && move.next() == Phase.DONE);
        });
    }

    @Test
    void releasesExactlyWhenItIsDone() {
        forEachMove((phase, happening, move) ->
                assertThat(move.effects().contains(Effect.RELEASE))
                        .as("%s %s", phase, happening)
                        .isEqualTo(phase != Phase.DONE && move.next() == Phase.DONE));
    }

    @Test
    void letsOnlyTheLastEffectLeadOn() {
        forEachMove((phase, happening, move) -> {
            for (int i = 0; i < move.effects().size() - 1; i++) {
                assertThat(LEADING_ON).doesNotContain(move.effects().get(i));
            }
        });
    }

    @Test
    void ignoresEverythingOnceDone() {
        for (Happening happening : Happening.values()) {
            assertThat(Transitions.next(Phase.DONE, happening, true).effects()).isEmpty();
        }
    }

    private interface Check {
        void move(Phase phase, Happening happening, Move move);
    }

    private static void forEachMove(Check check) {
        for (Phase phase : Phase.values()) {
            for (Happening happening : Happening.values()) {
                check.move(phase, happening, Transitions.next(phase, happening, false));
                check.move(phase, happening, Transitions.next(phase, happening, true));
            }
        }
    }

    private static Set<Phase> reachableFrom(Phase start) {
        Set<Phase> seen = new HashSet<>(List.of(start));
        Deque<Phase> left = new ArrayDeque<>(seen);
        while (!left.isEmpty()) {
            Phase phase = left.pop();
            for (Happening happening : Happening.values()) {
                Phase next = Transitions.next(phase, happening, true).next();
                if (seen.add(next)) {
                    left.push(next);
                }
            }
        }
        return seen;
    }
}
