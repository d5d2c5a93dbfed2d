package io.fairlead.protocol.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

class JsonObjectTest {
    /** What is made too large would be copied, what is made too small twice. */
    @Test
    void knowsHowManyBytesItTakes() {
        for (String text :
                new String[] {
                    "",
                    "a",
                    "caf\u00e9",
                    "\ud83d\ude00",
                    "\ud83d",
                    "\ude00x",
                    "\u20ac",
                    "a\"b\\c\n\t\b\f\r",
                    "\u0001",
                    "long enough for the other way to write it, which is the one of bytes,"
                            + " \u00e9\u0002\n"
                }) {
            JsonString wire = Json.parse("[\"x\\u00e9\\n\"]").elements().getFirst().string();
            JsonObject object =
                    new JsonObject()
                            .put("s", text)
                            .put("n", -12L)
                            .put("d", new BigDecimal("0.250"))
                            .put("t", true)
                            .putNull("z")
                            .put("w", wire)
                            .put("h", wire.behind(text));
            object.object("o");
            object.array("a");
            object.array("b").add(1).add(text).addObject().put("k", 2L);
            assertThat(object.toBytes()).hasSize(object.room());
            assertThat(object.toJson().get("w").get().text()).isEqualTo("x\u00e9\n");
            // the names that are counted on are ASCII; others are written as well
            JsonObject named = new JsonObject().put(text, 1L).put("n", text);
            assertThat(named.toJson().members().getFirst().name())
                    .isEqualTo(named.toJson().get("n").get().text());
            String behind =
                    new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
            assertThat(object.toJson().get("h").get().text()).isEqualTo(behind + "x\u00e9\n");
        }
        assertThat(new JsonObject().toBytes()).asString().isEqualTo("{}");
        assertThat(new JsonArray().toBytes()).asString().isEqualTo("[]");
    }
}
