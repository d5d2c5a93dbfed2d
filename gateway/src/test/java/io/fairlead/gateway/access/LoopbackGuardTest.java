package io.fairlead.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.kernel.GatewayError;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LoopbackGuardTest {
    private static final String JSON = "application/json";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "localhost:4000",
                "LocalHost.:4000",
                "app.localhost",
                "127.0.0.1:4000",
                "127.3.2.1",
                "[::1]:4000",
                "[::1]"
            })
    void takesLoopbackNames(String host) {
        assertThat(LoopbackGuard.check("POST", host, null, JSON)).isEmpty();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "evil.example",
                "evil.example:4000",
                "localhost.evil.example",
                "127.0.0.1.evil.example",
                "127.0.0.1@evil.example",
                "127.0.0.1:80@evil.example",
                "128.0.0.1",
                "127.0.0.256",
                "127.0.0",
                "127.0.0.1.1",
                "127.00.0.1",
                "10.0.0.1",
                "0.0.0.0",
                "[::2]",
                "[::1]x",
                "notlocalhost"
            })
    void refusesEveryOtherHostByWhichAPageCouldReachIt(String host) {
        assertThat(LoopbackGuard.check("GET", host, null, null))
                .map(GatewayError::status)
                .contains(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/x-www-form-urlencoded",
                "Text/Plain; charset=utf-8",
                "multipart/form-data; boundary=x",
                " text/plain "
            })
    void refusesWhatAWebFormCanSend(String contentType) {
        assertThat(LoopbackGuard.check("POST", "localhost", null, contentType))
                .map(GatewayError::status)
                .contains(415);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example", "null", "http://localhost.evil.example", ""})
    void refusesPagesOfOtherHosts(String origin) {
        assertThat(LoopbackGuard.check("POST", "localhost", origin, JSON))
                .map(GatewayError::status)
                .contains(403);
    }

    @Test
    void takesPagesOfThisMachine() {
        assertThat(LoopbackGuard.check("POST", "127.0.0.1:4000", "http://localhost:3000", JSON))
                .isEmpty();
        assertThat(LoopbackGuard.check("GET", "127.0.0.1:4000", null, "text/plain")).isEmpty();
        assertThat(LoopbackGuard.check("POST", "127.0.0.1:4000", null, null)).isEmpty();
    }
}
