package io.fairlead.gateway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.kernel.Endpoint;
import io.fairlead.kernel.GatewayException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RawRouteTest {
    @Test
    void splitsProviderPathAndQueryAndLeavesTheClientsKeyOut() {
        RawRoute route = RawRoute.of("/openai/v1/files/a%20b", "key=fl-x&limit=2&after=key=1");
        assertThat(route.provider()).isEqualTo("openai");
        assertThat(route.rest()).isEqualTo("/v1/files/a%20b?limit=2&after=key=1");
    }

    @Test
    void takesTheProviderAlone() {
        assertThat(RawRoute.of("/openai", "").rest()).isEqualTo("/");
    }

    @Test
    void seesWhichOperationItIs() {
        assertThat(RawRoute.of("/x/v1/chat/completions", "").endpoint())
                .contains(Endpoint.CHAT_COMPLETIONS);
        assertThat(RawRoute.of("/x/v1/completions", "").endpoint()).contains(Endpoint.COMPLETIONS);
        assertThat(RawRoute.of("/x/v1/files", "").endpoint()).contains(Endpoint.FILES);
        assertThat(RawRoute.of("/x/v1/fine_tuning/jobs", "").endpoint()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/openai/../admin",
                "/openai/v1/..",
                "/openai/v1/%2e%2e/x",
                "/openai/v1/.%2E/x",
                "/openai/v1/..%2fx",
                "/openai/v1%2F../x",
                "/openai//evil.example/x",
                "/openai/http://evil.example/x",
                "/openai/v1\\..\\x",
                "/openai/v1/%5c..",
                "/openai/v1/a b",
                "/openai/v1/a\r\nhost: x",
                "/openai/v1/é",
                "/",
                ""
            })
    void refusesPathsThatLeaveTheProvidersApi(String remainder) {
        assertThatThrownBy(() -> RawRoute.of(remainder, "")).isInstanceOf(GatewayException.class);
    }
}
