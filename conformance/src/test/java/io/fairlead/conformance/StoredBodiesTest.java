package io.fairlead.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.http.HttpResponse;
import java.nio.file.Path;

/** Bodies are stored only where that is switched on, and then as the client saw them. */
class StoredBodiesTest {
    private static final String UNARY =
            "{\"model\":\"sim/echo\",\"messages\":[{\"role\":\"user\",\"content\":\"keep-me-4711\"}]}";
    private static final String STREAMED =
            "{\"model\":\"sim/echo\",\"stream\":true,\"messages\":"
                    + "[{\"role\":\"user\",\"content\":\"keep-me-4711\"}]}";

    @TempDir Path folder;

    @Test
    void bodiesAreInTheRecordWhereTheyAreSwitchedOn() {
        try (GatewayProcess gateway = start("on")) {
            for (String body : new String[] {UNARY, STREAMED}) {
                HttpResponse<String> answer = gateway.post("/v1/chat/completions", body);
                String stored = stored(gateway, answer);
                assertThat(stored).contains("request_body", "keep-me-4711", "response_body");
                assertThat(stored).contains("chat.completion");
            }
        }
    }

    @Test
    void bodiesAreNowhereElse() {
        try (GatewayProcess gateway = start("off")) {
            HttpResponse<String> answer = gateway.post("/v1/chat/completions", UNARY);
            assertThat(stored(gateway, answer)).doesNotContain("keep-me-4711");
            assertThat(gateway.output()).doesNotContain("keep-me-4711");
        }
    }

    private GatewayProcess start(String bodies) {
        return GatewayProcess.in(folder)
                .config(
                        "server: { admin_key: \""
                                + GatewayProcess.ADMIN_KEY
                                + "\" }\nstorage: { bodies: "
                                + bodies
                                + " }\n")
                .start();
    }

    private static String stored(GatewayProcess gateway, HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(200);
        String id = answer.headers().firstValue("x-fairlead-request-id").orElseThrow();
        return gateway.admin("/admin/v1/requests/" + id);
    }
}
