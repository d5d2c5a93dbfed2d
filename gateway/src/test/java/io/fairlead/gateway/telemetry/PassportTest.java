package io.fairlead.gateway.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.gateway.telemetry.Passport.State;

import org.junit.jupiter.api.Test;

class PassportTest {
    private final Passport passport = Passport.open();

    @Test
    void tellsStatesInOrderWithMillisecondsSinceTheHead() {
        long start = passport.startNanos();
        passport.mark(State.BODY_COMPLETE, start + 250_000);
        passport.mark(State.ENDED, start + 1_234_567_890L);

        assertThat(passport.timeline()).isEqualTo("received 0.0, body_complete 0.2, ended 1234.5");
    }

    @Test
    void putsDetailsBesideTheirState() {
        passport.mark(State.PLANNED);
        passport.mark(State.ATTEMPT, "openai/gpt-5");
        passport.mark(State.FAULT, "throttled");

        assertThat(passport.timeline())
                .containsPattern(
                        "^received 0.0, planned [0-9.]+, attempt openai/gpt-5 [0-9.]+, fault"
                                + " throttled [0-9.]+$");
    }

    @Test
    void keepsABoundedNumberOfMarksAndCountsTheRest() {
        for (int i = 0; i < 1_000; i++) {
            passport.mark(State.ATTEMPT, "a/b" + i);
        }

        assertThat(passport.timeline()).contains("attempt a/b62 ").endsWith(", and 937 more");
        assertThat(passport.timeline()).doesNotContain("a/b63 ");
    }

    @Test
    void knowsWhenAStateWasFirstReached() {
        passport.mark(State.FIRST_TOKEN, passport.startNanos() + 5_000);
        passport.mark(State.FIRST_TOKEN, passport.startNanos() + 9_000);

        assertThat(passport.reached(State.FIRST_TOKEN)).isEqualTo(5_000);
        assertThat(passport.reached(State.COMMITTED)).isEqualTo(-1);
    }

    @Test
    void aDetailCanNotForgeALogLine() {
        passport.mark(State.FAULT, "oops\r\nERROR fake line\u2028\u202e");

        assertThat(passport.timeline()).doesNotContainPattern("[\\p{Cntrl}\\u2028\\u202e]");
    }
}
