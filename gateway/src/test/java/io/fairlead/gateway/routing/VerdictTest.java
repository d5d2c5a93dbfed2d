package io.fairlead.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.kernel.ProviderFault;
import io.fairlead.kernel.ProviderFault.Deadline;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

final class VerdictTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    static Stream<Arguments> table() {
        return Stream.of(
                Arguments.of(new ProviderFault.Unreachable("refused"), Verdict.RETRY),
                Arguments.of(new ProviderFault.Broken("reset"), Verdict.RETRY),
                Arguments.of(new ProviderFault.TimedOut(Deadline.FIRST_TOKEN, LONG), Verdict.RETRY),
                Arguments.of(new ProviderFault.TimedOut(Deadline.IDLE, LONG), Verdict.RETRY),
                Arguments.of(new ProviderFault.TimedOut(Deadline.CONNECT, LONG), Verdict.RETRY),
                Arguments.of(new ProviderFault.TimedOut(Deadline.TOTAL, LONG), Verdict.STOP),
                Arguments.of(
                        new ProviderFault.Overloaded(529, Optional.empty(), ""), Verdict.RETRY),
                Arguments.of(new ProviderFault.ServerError(500, ""), Verdict.RETRY),
                Arguments.of(new ProviderFault.Malformed("html"), Verdict.RETRY),
                Arguments.of(new ProviderFault.Empty(""), Verdict.RETRY),
                Arguments.of(
                        new ProviderFault.Throttled(429, Optional.empty(), ""), Verdict.ROTATE),
                Arguments.of(new ProviderFault.CredentialRefused(401, ""), Verdict.SET_KEY_ASIDE),
                Arguments.of(new ProviderFault.Rejected(400, ""), Verdict.PASS_ON),
                Arguments.of(new ProviderFault.NotThere(404, ""), Verdict.MOVE_ON),
                Arguments.of(inStream(0), Verdict.RETRY),
                Arguments.of(inStream(500), Verdict.RETRY),
                Arguments.of(inStream(529), Verdict.RETRY),
                Arguments.of(inStream(429), Verdict.ROTATE),
                Arguments.of(inStream(401), Verdict.SET_KEY_ASIDE),
                Arguments.of(inStream(402), Verdict.SET_KEY_ASIDE),
                Arguments.of(inStream(403), Verdict.SET_KEY_ASIDE),
                Arguments.of(inStream(404), Verdict.MOVE_ON),
                Arguments.of(inStream(400), Verdict.STOP),
                Arguments.of(inStream(422), Verdict.STOP));
    }

    private static ProviderFault inStream(int status) {
        return new ProviderFault.InStreamError(status, Optional.empty(), "");
    }

    @ParameterizedTest
    @MethodSource("table")
    void followsFromTheFault(ProviderFault fault, Verdict verdict) {
        assertThat(Verdict.of(fault)).isEqualTo(verdict);
    }
}
