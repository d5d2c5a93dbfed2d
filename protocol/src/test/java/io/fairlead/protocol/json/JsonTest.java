package io.fairlead.protocol.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Random;

class JsonTest {
    @Test
    void readsWhatIsAskedForAndKeepsTheRestAsItStands() {
        Json json = Json.parse(" {\"a\": [1, {\"b\":\"x\\ny\"}, null], \"c\" : 1.50, \"d\":true} ");

        assertThat(json.members()).extracting(Json.Member::name).containsExactly("a", "c", "d");
        assertThat(json.get("a").orElseThrow().elements()).hasSize(3);
        assertThat(json.get("a").orElseThrow().elements().get(1).get("b").orElseThrow().text())
                .isEqualTo("x\ny");
        assertThat(json.get("c").orElseThrow().number()).isEqualTo(new BigDecimal("1.50"));
        assertThat(json.get("c")).map(Json::toString).contains("1.50");
        assertThat(json.get("d").orElseThrow().truth()).isTrue();
        assertThat(json.get("e")).isEmpty();
        assertThat(json.get("a").orElseThrow()).hasToString("[1, {\"b\":\"x\\ny\"}, null]");
    }

    @Test
    void takesTheLastOfRepeatedMembers() {
        assertThat(Json.parse("{\"a\":1,\"a\":2}").get("a")).map(Json::whole).contains(2L);
    }

    @Test
    void findsNamesHoweverTheyAreWritten() {
        Json json = Json.parse("{\"\\u0061b\":1,\"é\":2,\"a\\\"b\":3}");
        assertThat(json.get("ab")).map(Json::whole).contains(1L);
        assertThat(json.get("é")).map(Json::whole).contains(2L);
        assertThat(json.get("a\"b")).map(Json::whole).contains(3L);
    }

    @Test
    void equalsWhatMeansTheSame() {
        assertThat(Json.parse("{\"a\":1.0,\"b\":[\"\\u0041\"]}"))
                .isEqualTo(Json.parse("{ \"b\" : [\"A\"], \"a\":1 }"))
                .hasSameHashCodeAs(Json.parse("{ \"b\" : [\"A\"], \"a\":1 }"))
                .isNotEqualTo(Json.parse("{\"a\":1,\"b\":[\"a\"]}"))
                .isNotEqualTo(Json.parse("{\"a\":1}"));
    }

    @Test
    void readsHugeNumbersInLinearTime() {
        assertThat(Json.parse("1e999999999").whole()).isEqualTo(Long.MAX_VALUE);
        assertThat(Json.parse("9".repeat(1_000_000)).number().signum()).isEqualTo(1);
        assertThat(Json.parse("-12").whole()).isEqualTo(-12);
        assertThat(Json.parse("1e99999999999999").number()).isNotNull();
    }

    @Test
    void refusesWhatIsNoJson() {
        for (String text : List.of("", "{", "[1,]", "{\"a\"}", "nul", "1 2", "\"\u0001\"")) {
            assertThatThrownBy(() -> Json.parse(text)).isInstanceOf(MalformedJson.class);
        }
    }

    @Test
    void writesWhatWasPutAndMergesWhatIsMissing() {
        JsonObject object = new JsonObject().put("a", "q\"\\\u0001é😀").put("n", 3);
        object.object("o").put("x", true);
        object.array("l").add("1").addObject().put("y", Json.parse("[ 1 ]"));
        object.merge(
                Map.of(
                        "n", Json.of(9),
                        "o", Json.parse("{\"x\":false,\"z\":null}"),
                        "p", Json.of("new")));

        assertThat(object.toJson())
                .isEqualTo(
                        Json.parse(
                                """
                                {"a":"q\\"\\\\\\u0001é😀","n":3,"o":{"x":true,"z":null},
                                 "l":["1",{"y":[1]}],"p":"new"}
                                """));
    }

    @Test
    void writesAndReadsAnyText() {
        Random random = new Random(7);
        for (int i = 0; i < 2_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(40); length > 0; length--) {
                int point = random.nextInt(4) == 0 ? random.nextInt(0x11000) : random.nextInt(128);
                text.appendCodePoint(
                        point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE
                                ? 'x'
                                : point);
            }
            JsonObject object = new JsonObject().put(text.toString(), text.toString());
            assertThat(object.toJson().get(text.toString()))
                    .as("seed 7, run %s", i)
                    .map(Json::text)
                    .contains(text.toString());
        }
    }

    @Test
    void findsWordsInNames() {
        ByteMark word = new ByteMark("file_id");
        assertThat(Json.parse("{\"a\":[{\"input_file_id\":1}]}").hasName(word)).isTrue();
        assertThat(Json.parse("{\"a\":{\"fi\\u006ce_id\":1},\"file_id\":{}}").hasName(word))
                .isTrue();
        assertThat(Json.parse("{\"a\":\"file_id\",\"file_\":[\"file_id\"]}").hasName(word))
                .isFalse();
        assertThat(Json.parse("[{\"file_id\":1},{}]").elements().get(1).hasName(word)).isFalse();
        assertThat(Json.parse("\"file_id\"").hasName(word)).isFalse();
    }

    @Test
    void findsWhatStringsBeginWith() {
        ByteMark word = new ByteMark("fairlead1.");
        assertThat(Json.parse("{\"a\":[[\"fairlead1.x\"]]}").hasBeginning(word)).isTrue();
        assertThat(Json.parse("{\"a\":\" fairlead1.x\",\"b\":[\"fairlead1\"]}").hasBeginning(word))
                .isFalse();
    }

    @Test
    void findsWordsInIds() {
        ByteMark word = new ByteMark("_fls1_");
        for (String name : new String[] {"id", "call_id", "toolUseId", "\\u0069d"}) {
            assertThat(Json.parse("{\"a\":[{\"" + name + "\":\"c_fls1_x\"}]}").hasId(word))
                    .as(name)
                    .isTrue();
        }
        assertThat(Json.parse("{\"text\":\"c_fls1_x\",\"id\":[\"c_fls1_x\"],\"d\":1}").hasId(word))
                .isFalse();
    }

    @Test
    void knowsCharactersOfNames() {
        assertThat(Json.parse("{\"ab\":1,\"c_d\":{}}").hasNameWith('_')).isTrue();
        assertThat(Json.parse("{\"ab\":\"_\",\"c\":{\"c_d\":1}}").hasNameWith('_')).isFalse();
        assertThat(Json.parse("{\"a\\u005fb\":1}").hasNameWith('_')).isTrue();
        assertThat(Json.parse("[\"_\"]").hasNameWith('_')).isFalse();
    }
}
