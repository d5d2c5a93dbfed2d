package io.fairlead.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScriptedProviderTest {
    private static final SimRequest REQUEST = SimRequest.post("/v1/x", "{}");

    private final ScriptedProvider provider = new ScriptedProvider(_ -> SimAnswer.json(200, "{}"));

    private int status() {
        return ((SimAnswer.Reply) provider.answer(REQUEST)).status();
    }

    @Test
    void givesQueuedAnswersFirst() {
        provider.then(SimAnswer.json(500, "{}"))
                .then(request -> SimAnswer.json(request.path().equals("/v1/x") ? 418 : 404, "{}"));
        assertThat(provider.left()).isEqualTo(2);
        assertThat(status()).isEqualTo(500);
        assertThat(status()).isEqualTo(418);
        assertThat(status()).isEqualTo(200);
    }

    @Test
    void changesItsMind() {
        provider.then(SimAnswer.json(500, "{}"));
        provider.always(_ -> SimAnswer.json(204, ""));
        assertThat(status()).isEqualTo(204);
    }
}
