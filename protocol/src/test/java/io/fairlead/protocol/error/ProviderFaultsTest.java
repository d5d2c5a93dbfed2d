package io.fairlead.protocol.error;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.kernel.ProviderFault;
import io.fairlead.kernel.ProviderFault.Overloaded;
import io.fairlead.kernel.ProviderFault.Throttled;
import io.fairlead.protocol.json.JsonText;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

class ProviderFaultsTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private static ProviderFault classify(int status, String body, Map<String, String> headers) {
        return ProviderFaults.classify(status, headers::get, JsonText.utf8(body), NOW);
    }

    @ParameterizedTest
    @CsvSource({
        "400, Rejected",
        "413, Rejected",
        "415, Rejected",
        "422, Rejected",
        "409, Rejected",
        "404, NotThere",
        "401, CredentialRefused",
        "402, CredentialRefused",
        "403, CredentialRefused",
        "429, Throttled",
        "408, ServerError",
        "500, ServerError",
        "502, ServerError",
        "504, ServerError",
        "503, Overloaded",
        "529, Overloaded",
        "302, Malformed",
    })
    void classifiesByStatus(int status, String fault) {
        ProviderFault found = classify(status, "", Map.of());
        assertThat(found.getClass().getSimpleName()).isEqualTo(fault);
        assertThat(found.message()).contains(Integer.toString(status));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "413 |"
                    + " `{\"error\":{\"message\":\"m\",\"type\":\"tokens\",\"code\":\"rate_limit_exceeded\"}}`"
                    + " | Throttled",
                "400 |"
                    + " `{\"object\":\"error\",\"message\":\"m\",\"type\":\"rate_limited\",\"code\":\"1300\"}`"
                    + " | Throttled",
                "400 | `{\"error\":{\"message\":\"m\",\"code\":\"model_not_found\"}}` | NotThere",
                "400 |"
                    + " `[{\"error\":{\"code\":400,\"message\":\"m\",\"details\":[{\"reason\":\"API_KEY_INVALID\"}]}}]`"
                    + " | CredentialRefused",
                "429 | `{\"error\":{\"message\":\"m\",\"code\":\"insufficient_quota\"}}` |"
                        + " Throttled",
            })
    void looksIntoTheBodyWhereTheStatusMisleads(int status, String body, String fault) {
        ProviderFault found = classify(status, body, Map.of());
        assertThat(found.getClass().getSimpleName()).isEqualTo(fault);
        assertThat(found.message()).isEqualTo("m");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "retry-after | 7 | PT7S",
                "retry-after | 0.25 | PT0.25S",
                "retry-after-ms | 1500 | PT1.5S",
                "retry-after | Sun, 22 Nov 2026 10:00:30 GMT | PT30S",
                "retry-after | Sun, 22 Nov 2026 09:00:00 GMT | PT0S",
                "retry-after | 99999999 | PT24H",
            })
    void readsWhenToComeBack(String header, String value, Duration wait) {
        assertThat(((Throttled) classify(429, "", Map.of(header, value))).retryAfter())
                .contains(wait);
        assertThat(((Overloaded) classify(503, "", Map.of(header, value))).retryAfter())
                .contains(wait);
    }

    @ParameterizedTest
    @CsvSource({
        "soon",
        "-1",
        "''",
        "1e1",
        "1E-1",
        "1e9999999",
        "1e-9999999",
        "1..5",
        "999999999999999999999999999999"
    })
    void ignoresARetryAfterThatIsNone(String value) {
        for (String header : new String[] {"retry-after", "retry-after-ms"}) {
            assertThat(ProviderFaults.retryAfter(Map.of(header, value)::get, NOW))
                    .as(header)
                    .isEmpty();
        }
    }

    @Test
    void readsTheResetOfAnExhaustedLimit() {
        assertThat(
                        ProviderFaults.retryAfter(
                                Map.of(
                                                "x-ratelimit-remaining-tokens", "0",
                                                "x-ratelimit-reset-tokens", "1m2.5s",
                                                "x-ratelimit-remaining-requests", "5",
                                                "x-ratelimit-reset-requests", "1h")
                                        ::get,
                                NOW))
                .contains(Duration.ofMillis(62_500));
    }

    @Test
    void tellsAContextThatIsTooLongFromOtherRefusals() {
        assertThat(
                        ProviderFaults.isContextTooLong(
                                ErrorBody.read(
                                        JsonText.utf8(
                                                "{\"error\":{\"message\":\"prompt too long;"
                                                        + " exceeded max\"}}"))))
                .isTrue();
        assertThat(
                        ProviderFaults.isContextTooLong(
                                ErrorBody.read(JsonText.utf8("{\"detail\":\"no such model\"}"))))
                .isFalse();
    }
}
