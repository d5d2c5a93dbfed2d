package io.fairlead.gateway.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.fairlead.kernel.Endpoint;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.URI;

final class AddressTest {

    @Test
    void knowsHostPortAndTargetsBeforehand() {
        Address address = Address.of(URI.create("https://api.groq.com/openai/v1/"));
        assertThat(address.host()).isEqualTo("api.groq.com");
        assertThat(address.port()).isEqualTo(443);
        assertThat(address.tls()).isTrue();
        assertThat(address.target(Endpoint.CHAT_COMPLETIONS))
                .isEqualTo("/openai/v1/chat/completions");
        assertThat(Address.of(URI.create("http://127.0.0.1:8080")).target(Endpoint.EMBEDDINGS))
                .isEqualTo("/embeddings");
    }

    @Test
    void keepsTheQueryOfABaseUrl() {
        assertThat(
                        Address.of(URI.create("https://h/openai/v1?api-version=preview"))
                                .target(Endpoint.RESPONSES))
                .isEqualTo("/openai/v1/responses?api-version=preview");
    }

    @Test
    void speaksAzuresOlderForm() {
        Address address =
                Address.azureDeployment(
                        URI.create("https://r.openai.azure.com"), "my gpt", "2024-10-21");
        assertThat(address.target(Endpoint.CHAT_COMPLETIONS))
                .isEqualTo("/openai/deployments/my%20gpt/chat/completions?api-version=2024-10-21");
    }

    @ParameterizedTest
    @CsvSource({
        "'', '', /openai/files?api-version=1",
        "/f/content, '', /openai/files/f/content?api-version=1",
        "'', limit=2, /openai/files?api-version=1&limit=2"
    })
    void keepsThingsOfAnAzureResourceBesideItsDeployments(
            String remainder, String query, String target) {
        Address address = Address.azureResource(URI.create("https://r.openai.azure.com"), "1");
        assertThat(address.target(Endpoint.FILES, remainder, query)).isEqualTo(target);
    }

    @ParameterizedTest
    @CsvSource({
        "https://api.openai.com/v1, /v1/files?limit=2, /v1/files?limit=2",
        "https://api.openai.com/v1, /files, /v1/files",
        "https://api.openai.com/v1, /v1, /v1",
        "https://api.groq.com/openai/v1, /v1/models, /openai/v1/models",
        "https://api.groq.com/openai/v1, /openai/v1/models, /openai/v1/models",
        "https://api.groq.com/openai/v1, /models, /openai/v1/models",
        "https://api.cohere.com/v2, /v1/rerank, /v1/rerank",
        "https://api.cohere.com/v2, /rerank, /v2/rerank",
        "https://api.deepseek.com, /user/balance, /user/balance",
        "https://generativelanguage.googleapis.com/v1beta, /v1beta/models/x:generateContent,"
                + " /v1beta/models/x:generateContent",
        "https://api.anthropic.com/v1, messages, /v1/messages",
    })
    void passesThroughWithOrWithoutTheVersion(String base, String rest, String expected) {
        assertThat(Address.of(URI.create(base)).passthroughTarget(rest)).isEqualTo(expected);
    }

    @Test
    void refusesWhatIsNoHttpUrl() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Address.of(URI.create("ftp://h/v1")))
                .withMessageContaining("expected: an http or https URL");
    }
}
