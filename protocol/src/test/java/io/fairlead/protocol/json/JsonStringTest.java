package io.fairlead.protocol.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonStringTest {
    @Test
    void isWrittenAsItStandsOnTheWire() {
        String wire = "\"caf\\u00e9 \\/ \\ud83d\\ude00\"";
        JsonString read = Json.parse(wire).string();
        assertThat(read.text()).isEqualTo("café / 😀");
        assertThat(new JsonObject().put("t", read).toString()).isEqualTo("{\"t\":" + wire + "}");
        assertThat(read).isEqualTo(JsonString.of("café / 😀")).hasSameHashCodeAs("café / 😀");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "  \\n", "\\u0020\\t", "   a", "\\u0061", "a ", "\\\\", "é"})
    void isBlankIfItsTextIs(String escaped) {
        JsonString read = Json.parse("\"" + escaped + "\"").string();
        assertThat(read.isEmpty()).isEqualTo(escaped.isEmpty());
        assertThat(read.isBlank()).isEqualTo(read.text().isBlank());
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "\\ud83d,\uFFFD",
                "\\ude00x,\uFFFDx",
                "\\ud83d\\ud83d\\ude00,\uFFFD😀",
                "x\\u0000z,x\u0000z"
            })
    void halvesOfPairsAreNoText(String escaped, String text) {
        assertThat(Json.parse("\"" + escaped + "\"").text()).isEqualTo(text);
    }

    @Test
    void knowsItsLengthWhereItIsPlain() {
        for (int length = 0; length < 40; length++) {
            String plain = "A".repeat(length);
            assertThat(Json.parse("\"" + plain + "\"").string().plainLength('-', '_'))
                    .isEqualTo(length);
            for (String other : new String[] {"-", "_", "\\/"}) {
                assertThat(Json.parse("\"" + plain + other + "AB\"").string().plainLength('-', '_'))
                        .isEqualTo(-1);
            }
        }
    }
}
