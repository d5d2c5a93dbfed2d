package io.fairlead.protocol.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;

class JsonCursorTest {
    private static JsonCursor over(String json) {
        byte[] bytes = JsonText.utf8(json);
        return new JsonCursor(bytes, 0, bytes.length);
    }

    @Test
    void leadsThroughMembersAndSkipsWhatIsNotRead() {
        JsonCursor cursor = over(" { \"a\" : [1,{\"b\":2}] , \"c\":\"x\", \"d\":{\"e\":true} } ");
        List<String> keys = new ArrayList<>();
        cursor.enterObject();
        while (cursor.nextMember()) {
            keys.add(cursor.key());
            if (cursor.key().equals("d")) {
                cursor.enterObject();
                assertThat(cursor.nextMember()).isTrue();
                assertThat(cursor.kind()).isEqualTo('t');
                assertThat(cursor.nextMember()).isFalse();
            }
        }
        cursor.finish();
        assertThat(keys).containsExactly("a", "c", "d");
    }

    @Test
    void seesThroughEscapesInNames() {
        JsonCursor cursor = over("{\"mod\\u0065l\":1}");
        cursor.enterObject();
        cursor.nextMember();
        assertThat(cursor.keyIs(JsonText.utf8("model"))).isTrue();
        assertThat(cursor.keyLength()).isEqualTo(5);
    }

    @Test
    void givesTheSpanOfASkippedValue() {
        String json = "{\"a\": {\"b\":\"}\\\"\"} ,\"c\":1}";
        JsonCursor cursor = over(json);
        cursor.enterObject();
        cursor.nextMember();
        cursor.skipValue();
        assertThat(json.substring(cursor.valueFrom(), cursor.position()))
                .isEqualTo("{\"b\":\"}\\\"\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`\"plain\"` | plain",
                "`\"\\u00e9\\n\\/\"` | `é\n/`",
                "`\"\\ud83d\\ude00\"` | 😀",
                "`\"a\\ud83d\"` | a\uFFFD",
                "`\"\\ude00\\ud83d\"` | \uFFFD\uFFFD",
            })
    void readsStrings(String json, String text) {
        assertThat(over(json).string()).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "0,0",
        "17,17",
        "1e3,1000",
        "2.9,2",
        "-5,0",
        "1E400,9223372036854775807",
        "123456789012345678,123456789012345678",
        "99999999999999999999999,9223372036854775807"
    })
    void readsCounts(String json, long count) {
        assertThat(over(json).count()).isEqualTo(count);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | ends after byte 0, expected a value",
                "{ | `ends after byte 1, expected a member name in quotes`",
                "`{\"a\"` | `ends after byte 4, expected ':'`",
                "`{\"a\":` | ends after byte 5, expected a value",
                "`{\"a\":1,}` | `at byte 7: found '}', expected a member name in quotes`",
                "`{\"a\" 1}` | `at byte 5: found '1', expected ':'`",
                "[1 2] | `at byte 3: found '2', expected ',' or ']'`",
                "[1,] | `at byte 3: found ']', expected a value`",
                "`\"abc` | `ends after byte 4, expected the closing '\"' of a string`",
                "`\"a\\x\"` | `at byte 3: found 'x', expected one of \"\\/bfnrtu behind a"
                        + " backslash`",
                "`\"\\u12g4\"` | `at byte 5: found 'g', expected four hexadecimal digits`",
                "`\"a\tb\"` | `at byte 2: found byte 0x09, expected an escape instead of this"
                        + " control character`",
                "tru | `at byte 0: found 't', expected true`",
                "nil | at byte 0: found 'n', expected null",
                "-x | at byte 1: found 'x', expected a digit",
                "1. | ends after byte 2, expected a digit",
                "01 | at byte 1: found '1', expected the end",
                "{} x | at byte 3: found 'x', expected the end",
                "NaN | at byte 0: found 'N', expected a value",
            })
    void saysWhereAndWhatWasExpected(String json, String message) {
        String text = json == null ? "" : json;
        assertThatThrownBy(() -> over(text).finish())
                .isInstanceOf(MalformedJson.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":"})
    void boundsTheDepth(String opening) {
        assertThatThrownBy(() -> over(opening.repeat(100_000)).finish())
                .isInstanceOf(MalformedJson.class)
                .hasMessageContaining("nested deeper than 511");
    }

    @Test
    void takesTheDeepestNestingAllowed() {
        over("[".repeat(511) + "]".repeat(511)).finish();
        over("{\"a\":".repeat(511) + "1" + "}".repeat(511)).finish();
    }
}
