package io.fairlead.protocol.error;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.protocol.json.JsonText;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorBodyTest {
    /** Columns: body, message, type, code, param. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "-",
            value = {
                "`{\"error\":{\"message\":\"m\",\"type\":\"t\",\"param\":\"p\",\"code\":\"c\"}}` |"
                        + " m | t | c | p",
                "`{\"error\":{\"code\":\"401\",\"message\":\"m\"}}` | m | - | 401 | -",
                "`{\"error\":{\"code\":401,\"message\":\"m\"}}` | m | - | 401 | -",
                "`{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"m\"}}`"
                        + " | m | overloaded_error | - | -",
                "`{\"error\":{\"code\":503,\"message\":\"m\",\"status\":\"UNAVAILABLE\"}}` | m |"
                        + " UNAVAILABLE | 503 | -",
                "`{\"detail\":\"m\"}` | m | - | - | -",
                "`{\"detail\":[{\"loc\":[\"body\"],\"msg\":\"m\",\"type\":\"missing\"}]}` | m |"
                        + " missing | - | -",
                "`{\"code\":\"c\",\"error\":\"m\"}` | m | - | c | -",
                "`{\"message\":\"m\"}` | m | - | - | -",
                "`{\"object\":\"error\",\"message\":\"m\",\"type\":\"t\",\"code\":\"1300\"}` | m |"
                        + " t | 1300 | -",
                "`\"m\"` | m | - | - | -",
                "`<html><head><title>502 Bad Gateway</title></head></html>` | 502 Bad Gateway | - |"
                        + " - | -",
                "`<p>x` | an HTML page | - | - | -",
                "`upstream timed out` | upstream timed out | - | - | -",
                "`` | `` | - | - | -",
                "`{\"error\":{\"message\":\"m\"` | m | - | - | -",
                "`{\"type\":\"response.failed\",\"response\":{\"status\":\"failed\",\"error\":{\"code\":\"c\",\"message\":\"m\"}}}`"
                    + " | m | - | c | -",
            })
    void readsEveryShape(String body, String message, String type, String code, String param) {
        ErrorBody error = ErrorBody.read(JsonText.utf8(body == null ? "" : body));
        assertThat(error.message()).isEqualTo(message == null ? "" : message);
        assertThat(error.type().orElse(null)).isEqualTo(type);
        assertThat(error.code().orElse(null)).isEqualTo(code);
        assertThat(error.param().orElse(null)).isEqualTo(param);
    }
}
