package io.fairlead.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;

final class Http1HeadTest {
    private static String write(String method, String target, String value, int bodyBytes) {
        ByteBuf out = Unpooled.buffer(1);
        SentHeaders headers = new SentHeaders();
        headers.set("x-one", "first");
        headers.set("x-two", value);
        headers.set("x-one", "second");
        Http1Head.write(out, "host:1", method, target, headers, bodyBytes);
        return out.toString(StandardCharsets.ISO_8859_1);
    }

    @Test
    void writesEachHeaderOnce() {
        assertThat(write("POST", "/v1/x?y", "a\tb \u00e9", 7))
                .isEqualTo(
                        "POST /v1/x?y HTTP/1.1\r\nhost: host:1\r\nx-two: a\tb \u00e9\r\n"
                                + "x-one: second\r\ncontent-length: 7\r\n\r\n");
    }

    @Test
    void saysTheLengthWhereABodyIsExpected() {
        assertThat(write("POST", "/", "a", -1)).contains("content-length: 0\r\n");
        assertThat(write("PUT", "/", "a", 0)).contains("content-length: 0\r\n");
        assertThat(write("GET", "/", "a", -1)).doesNotContain("content-length");
        assertThat(write("DELETE", "/", "a", 3)).contains("content-length: 3\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nb: c", "a\nb", "a\rb", "a\u0000b", "a\u007fb", "a\u2019b"})
    void refusesWhatWouldBeReadInAnotherWay(String hostile) {
        assertThatThrownBy(() -> write("GET", "/", hostile, -1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> write("GET", "/" + hostile, "a", -1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> write(hostile, "/", "a", -1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a b", "", "/\u00e9"})
    void refusesTargetsThatAreNone(String target) {
        assertThatThrownBy(() -> write("GET", target, "a", -1))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
