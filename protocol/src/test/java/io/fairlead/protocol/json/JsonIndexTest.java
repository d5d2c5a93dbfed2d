package io.fairlead.protocol.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;

class JsonIndexTest {
    private static final String[] PIECES = {
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"a\"",
        "\"\\u00e9\\n\"",
        "\"\\ud83d\"",
        "1",
        "-0.5e+3",
        "01",
        "1.",
        "-",
        "1e",
        "true",
        "nul",
        "null",
        " ",
        "\n",
        "\"",
        "\\",
        "\u0001",
        "x",
        "{}",
        "[]",
        "\"long enough to fill more than one word of eight bytes\"",
        "{\"k\":[1,{\"v\":null}]}"
    };

    /** The two ways through a text agree on what is JSON, and on what is wrong. */
    @Test
    void refusesWhatACursorRefusesInTheSameWords() {
        long seed = 20261123;
        RandomGenerator random = new Random(seed);
        int good = 0;
        for (int round = 0; round < 60_000; round++) {
            StringBuilder text = new StringBuilder();
            int pieces = 1 + random.nextInt(9);
            for (int i = 0; i < pieces; i++) {
                text.append(PIECES[random.nextInt(PIECES.length)]);
            }
            byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            String cursor = faultOf(() -> new JsonCursor(bytes, 0, bytes.length).finish());
            String index = faultOf(() -> Json.parse(bytes));
            assertThat(index).as("seed %d, %s", seed, text).isEqualTo(cursor);
            good += cursor.isEmpty() ? 1 : 0;
        }
        assertThat(good).isGreaterThan(1_000);
    }

    private static String faultOf(Runnable reading) {
        try {
            reading.run();
            return "";
        } catch (MalformedJson malformed) {
            return String.valueOf(malformed.getMessage());
        }
    }

    /** Entered, skipped and read values are all remembered alike. */
    @Test
    void remembersWhatWasGoneThroughInAnyWay() {
        byte[] bytes =
                "{\"a\":[1,{\"b\":\"x\"}],\"c\":{\"d\":[true,null]},\"e\":\"text\",\"f\":12}"
                        .getBytes(StandardCharsets.UTF_8);
        for (int way = 0; way < 8; way++) {
            JsonCursor cursor = JsonCursor.remembering(bytes, 1_000);
            cursor.enterObject();
            while (cursor.nextMember()) {
                switch (cursor.kind()) {
                    case '{' -> goThrough(cursor, (way & 1) != 0);
                    case '[' -> {
                        if ((way & 2) != 0) {
                            cursor.enterArray();
                            while (cursor.nextElement()) {
                                if (cursor.kind() == '{') {
                                    goThrough(cursor, (way & 1) != 0);
                                }
                            }
                        }
                    }
                    case '"' -> {
                        if ((way & 4) != 0) {
                            assertThat(cursor.string()).isEqualTo("text");
                        }
                    }
                    default -> {}
                }
            }
            cursor.finish();
            Optional<Json> whole = cursor.whole();
            assertThat(whole).contains(Json.parse(bytes));
            assertThat(whole.get().toString()).isEqualTo(new String(bytes, StandardCharsets.UTF_8));
            assertThat(whole.get().get("c").get().get("d").get().elements()).hasSize(2);
        }
    }

    private static void goThrough(JsonCursor cursor, boolean entered) {
        if (entered) {
            cursor.enterObject();
            while (cursor.nextMember()) {
                cursor.skipValue();
            }
        } else {
            cursor.skipValue();
        }
    }

    @Test
    void forgetsWhatIsMoreThanItMayRemember() {
        byte[] bytes = ("[" + "[],".repeat(5_000) + "1]").getBytes(StandardCharsets.UTF_8);
        JsonCursor cursor = JsonCursor.remembering(bytes, 900);
        cursor.finish();
        assertThat(cursor.whole()).isEmpty();
    }
}
