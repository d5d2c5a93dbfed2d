package io.fairlead.protocol.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.kernel.Protocol;
import io.fairlead.protocol.json.Json;

import org.junit.jupiter.api.Test;

class FieldsTest {
    private static final Json JSON =
            Json.parse(
                    """
                    {"a":"x","n":null,"o":{"p":1,"q":{"r":0,"s":2}},"e":{},"l":[{"t":"u"},{"t":3}]}
                    """);

    @Test
    void keepsExactlyWhatNobodyTook() {
        Fields fields = Fields.ofAnswer(JSON);
        assertThat(fields.text("a")).contains("x");
        assertThat(fields.text("n")).isEmpty();
        Fields o = fields.object("o").orElseThrow();
        assertThat(o.count("p")).contains(1L);
        assertThat(o.object("q").orElseThrow().positive("r")).isZero();
        assertThat(o.object("q").orElseThrow().positive("s")).isEqualTo(2);
        assertThat(fields.object("e")).isPresent();
        fields.take("l");

        assertThat(fields.rest(Protocol.GEMINI).of(Protocol.GEMINI))
                .containsOnlyKeys("n", "o", "e")
                .containsEntry("o", Json.parse("{\"q\":{\"r\":0}}"))
                .containsEntry("e", Json.EMPTY_OBJECT);
        assertThat(fields.rest(Protocol.GEMINI).of(Protocol.COHERE_V2)).isEmpty();
    }

    @Test
    void namesTheFieldThatIsWrong() {
        Fields fields = Fields.ofRequest(JSON);
        Fields second = fields.objects("l").get(1);
        assertThatThrownBy(() -> second.needText("t"))
                .isInstanceOf(Unreadable.class)
                .hasMessage("l[1].t: is a number (expected: a string)");
        assertThatThrownBy(() -> fields.needText("z"))
                .hasMessage("z: is missing (expected: a string)");
        assertThatThrownBy(() -> fields.object("o").orElseThrow().texts("p"))
                .hasMessage("o.p: is a number (expected: an array of strings)");
    }

    @Test
    void leavesWrongTypesOfAnswersInTheRest() {
        Fields second = Fields.ofAnswer(JSON).objects("l").get(1);
        assertThat(second.text("t")).isEmpty();
        assertThat(second.rest(Protocol.GEMINI).of(Protocol.GEMINI)).containsOnlyKeys("t");
    }
}
