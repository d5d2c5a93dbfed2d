package io.fairlead.protocol.error;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Incorrect API key provided: sk-wrong****-key. | Incorrect API key provided:"
                        + " [redacted].",
                "key sk-proj-abcDEF123456 is bad | key [redacted] is bad",
                "Authorization: Bearer abc.def was sent | Authorization: Bearer [redacted] was"
                        + " sent",
                "call ?key=AIzaSy1234 failed | call ?key=[redacted] failed",
                "api_key=hunter2, again | api_key=[redacted], again",
                "hash 9f86d081884c7d659a2feaa0c55ad015 | hash [redacted]",
                "see https://platform.openai.com/account/api-keys. | see [url].",
                "connect to 10.0.0.5:8000 failed | connect to [host] failed",
                "host vllm-7.prod.svc.cluster.local:80 is down | host [host] is down",
                "localhost:8080 refused | [host] refused",
                "from [fe80::1ff:fe23:4567:890a] | from [[host]]",
                "write to ops@example.com | write to [redacted]",
                "proxy squid-1:3128 | proxy [host]",
            })
    void takesOutSecretsAndHosts(String message, String cleaned) {
        assertThat(Redaction.clean(message)).isEqualTo(cleaned);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "The model `claude-sonnet-4-5-20250929` does not exist.",
                "meta-llama/Llama-3.3-70B-Instruct-Turbo is not available",
                "Invalid 'messages[3].content': expected a string, got 42.",
                "prompt is too long: 3333404 tokens > 200000 maximum",
                "Expected a value >= 0, but got -1 instead.",
                "at 10:30:00, request req_011CVa2kcig",
                "ref: 96164522-08b2-4cbf-886e-e5a38961a688",
            })
    void leavesTheRestAlone(String message) {
        assertThat(Redaction.clean(message)).isEqualTo(message);
    }

    @Test
    void bringsAMessageOntoOneLineOfBoundedLength() {
        assertThat(Redaction.clean("a\r\n\t b\u0000c")).isEqualTo("a b c");
        assertThat(Redaction.clean("x y ".repeat(10_000))).hasSize(500).endsWith("…");
    }
}
