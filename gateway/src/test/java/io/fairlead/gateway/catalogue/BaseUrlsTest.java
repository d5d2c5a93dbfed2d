package io.fairlead.gateway.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

final class BaseUrlsTest {

    @ParameterizedTest
    @CsvSource({
        "http://h:1/v1, https://api.openai.com/v1, http://h:1/v1",
        "http://h:1/v1/, https://api.openai.com/v1, http://h:1/v1",
        "http://h:1, https://api.openai.com/v1, http://h:1/v1",
        "http://h:1/, https://api.openai.com/v1, http://h:1/v1",
        "http://h/proxy, https://api.openai.com/v1, http://h/proxy/v1",
        "http://h/proxy/v1, https://api.openai.com/v1, http://h/proxy/v1",
        "http://h/v1/openai, https://api.openai.com/v1, http://h/v1/openai",
        "https://api.groq.com, https://api.groq.com/openai/v1, https://api.groq.com/openai/v1",
        "https://api.groq.com/openai, https://api.groq.com/openai/v1,"
                + " https://api.groq.com/openai/v1",
        "http://h/v1, https://api.groq.com/openai/v1, http://h/v1",
        "https://api.z.ai/api/paas, https://api.z.ai/api/paas/v4, https://api.z.ai/api/paas/v4",
        "https://api.z.ai/api/paas/v4, https://api.z.ai/api/paas/v4, https://api.z.ai/api/paas/v4",
        "https://openrouter.ai/api, https://openrouter.ai/api/v1, https://openrouter.ai/api/v1",
        "https://api.deepseek.com, https://api.deepseek.com, https://api.deepseek.com",
        "https://api.deepseek.com/v1, https://api.deepseek.com, https://api.deepseek.com/v1",
        "https://api.anthropic.com, https://api.anthropic.com/v1, https://api.anthropic.com/v1",
        "https://models.github.ai, https://models.github.ai/inference,"
                + " https://models.github.ai/inference",
    })
    void mayHaveOrLackTheVersionSegment(String written, String usual, String expected) {
        assertThat(BaseUrls.normal(URI.create(written), URI.create(usual)))
                .isEqualTo(URI.create(expected));
    }

    @ParameterizedTest
    @CsvSource({
        "http://h, http://h/v1beta/openai",
        "http://h/v1beta, http://h/v1beta/openai",
        "http://h/v1beta/openai, http://h/v1beta/openai",
        "http://h/p, http://h/p/v1beta/openai",
    })
    void movesAFurtherProtocolAlong(String written, String expected) {
        assertThat(
                        BaseUrls.moved(
                                URI.create(written),
                                URI.create("https://g.example/v1beta"),
                                URI.create("https://g.example/v1beta/openai")))
                .isEqualTo(URI.create(expected));
    }

    @Test
    void takesVariablesFromTheEnvironment() {
        Map<String, String> values = Map.of("HOST", "h.example", "ID", "7");
        assertThat(
                        BaseUrls.expand(
                                "https://${HOST}/a/${ID}/v1",
                                it -> Optional.ofNullable(values.get(it))))
                .contains(URI.create("https://h.example/a/7/v1"));
        assertThat(BaseUrls.expand("https://${NONE}/v1", it -> Optional.ofNullable(values.get(it))))
                .isEmpty();
        assertThat(BaseUrls.expand("https://${HOST}/v1", _ -> Optional.of("no host"))).isEmpty();
    }
}
