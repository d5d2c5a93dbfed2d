package io.fairlead.gateway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.gateway.pipeline.RawProvider.Script;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;

/** HTTP/1.1 as a provider sees it on its socket, and what becomes of what it says there. */
final class RawHttp1Test {
    static final String JSON =
            "{\"id\":\"1\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"echo\",\"choices\":"
                + "[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"hi\"},"
                + "\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":1,"
                + "\"completion_tokens\":1,\"total_tokens\":2}}";
    private static final String HEAD =
            "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ";
    private static final String FINE = HEAD + JSON.length() + "\r\n\r\n" + JSON;

    private static Harness gateway(RawProvider provider) {
        Harness.Options options = new Harness.Options();
        options.baseUrl = Optional.of(provider.base());
        return new Harness(options);
    }

    private static HttpResponse<String> ask(Harness gateway) throws Exception {
        return gateway.post("/v1/chat/completions", Harness.chat("one/echo", false));
    }

    private static boolean hasNoConnection(Harness gateway) {
        return Integer.valueOf(0).equals(gateway.pools.connections().get("one"));
    }

    private static Script say(String text) {
        return (request, connection, socket) -> RawProvider.say(socket, text);
    }

    @Test
    void sendsOneHeadWithAllThatBelongsToIt() throws Exception {
        try (RawProvider provider = new RawProvider(say(FINE));
                Harness gateway = gateway(provider)) {
            HttpResponse<String> answer =
                    gateway.send(
                            HttpRequest.newBuilder(gateway.uri("/v1/chat/completions"))
                                    .header("content-type", "application/json")
                                    .header("authorization", "Bearer client-key")
                                    .header("x-title", "Cafe, the")
                                    .POST(
                                            HttpRequest.BodyPublishers.ofString(
                                                    Harness.chat("one/echo", false))));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            List<String> lines = provider.heads.getFirst().lines().toList();
            assertThat(lines.getFirst()).isEqualTo("POST /v1/chat/completions HTTP/1.1");
            assertThat(lines)
                    .doesNotHaveDuplicates()
                    .contains(
                            "host: " + provider.base().getAuthority(),
                            "content-type: application/json",
                            "accept-encoding: identity",
                            "authorization: Bearer sk-operator-one",
                            "x-title: Cafe, the",
                            "content-length: " + provider.bodySizes.getFirst())
                    .noneMatch(line -> line.contains("client-key"))
                    .noneMatch(line -> line.startsWith("connection"));
            assertThat(lines.getLast()).isEmpty();
        }
    }

    @Test
    void aMethodWithoutBodySendsNoLength() throws Exception {
        try (RawProvider provider = new RawProvider(say(FINE));
                Harness gateway = gateway(provider)) {
            assertThat(
                            gateway.send(
                                            HttpRequest.newBuilder(
                                                            gateway.uri("/passthrough/one/models"))
                                                    .GET())
                                    .statusCode())
                    .isEqualTo(200);
            assertThat(
                            gateway.send(
                                            HttpRequest.newBuilder(
                                                            gateway.uri("/passthrough/one/files"))
                                                    .POST(HttpRequest.BodyPublishers.noBody()))
                                    .statusCode())
                    .isEqualTo(200);
            assertThat(provider.heads.getFirst())
                    .startsWith("GET /v1/models HTTP/1.1\r\n")
                    .doesNotContain("content-length");
            assertThat(provider.heads.getLast()).contains("\r\ncontent-length: 0\r\n");
            assertThat(provider.connections).hasValue(1);
        }
    }

    @Test
    void theAnswerToHeadEndsWithItsHead() throws Exception {
        try (RawProvider provider = new RawProvider(say(HEAD + "99\r\n\r\n"));
                Harness gateway = gateway(provider)) {
            for (int i = 0; i < 2; i++) {
                assertThat(
                                gateway.send(
                                                HttpRequest.newBuilder(
                                                                gateway.uri(
                                                                        "/passthrough/one/models"))
                                                        .HEAD())
                                        .statusCode())
                        .isEqualTo(200);
                gateway.awaitQuiet();
            }
            assertThat(provider.connections).hasValue(1);
        }
    }

    @Test
    void usesAConnectionAgain() throws Exception {
        try (RawProvider provider = new RawProvider(say(FINE));
                Harness gateway = gateway(provider)) {
            for (int i = 0; i < 3; i++) {
                assertThat(ask(gateway).body()).contains("hi");
                gateway.awaitQuiet();
            }
            assertThat(provider.connections).hasValue(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: ",
                "HTTP/1.0 200 OK\r\ncontent-length: ",
            })
    void takesANewConnectionWhenTheProviderWillCloseThisOne(String head) throws Exception {
        try (RawProvider provider = new RawProvider(say(head + JSON.length() + "\r\n\r\n" + JSON));
                Harness gateway = gateway(provider)) {
            for (int i = 1; i < 4; i++) {
                assertThat(ask(gateway).body()).contains("hi");
                gateway.awaitQuiet();
                assertThat(provider.connections).hasValue(i);
            }
        }
    }

    @Test
    void whatComesBehindAnAnswerNeverReachesTheNextRequest() throws Exception {
        try (RawProvider provider =
                        new RawProvider((request, connection, socket) ->
                                RawProvider.say(
                                        socket,
                                        request == 1
                                                ? FINE + FINE.replace("hi", "smuggled")
                                                : FINE));
                Harness gateway = gateway(provider)) {
            for (int i = 0; i < 3; i++) {
                assertThat(ask(gateway).body()).contains("hi").doesNotContain("smuggled");
                gateway.awaitQuiet();
            }
            assertThat(provider.connections).hasValue(2);
        }
    }

    @Test
    void whatComesUnaskedClosesTheConnection() throws Exception {
        try (RawProvider provider =
                        new RawProvider((request, connection, socket) -> {
                            RawProvider.say(socket, FINE);
                            if (request == 1) {
                                sleep(50);
                                RawProvider.say(socket, FINE.replace("hi", "smuggled"));
                            }
                        });
                Harness gateway = gateway(provider)) {
            assertThat(ask(gateway).body()).contains("hi");
            Harness.await(() -> hasNoConnection(gateway));
            assertThat(ask(gateway).body()).contains("hi").doesNotContain("smuggled");
        }
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void readsABodyThatEndsWithItsConnection() throws Exception {
        try (RawProvider provider =
                        new RawProvider((request, connection, socket) -> {
                            RawProvider.say(socket, "HTTP/1.1 200 OK\r\n\r\n" + JSON);
                            socket.close();
                        });
                Harness gateway = gateway(provider)) {
            assertThat(ask(gateway).body()).contains("hi");
            assertThat(ask(gateway).body()).contains("hi");
        }
    }

    @Test
    void sendsOnceMoreWhatMetAConnectionThatWasJustClosed() throws Exception {
        try (RawProvider provider =
                        new RawProvider((request, connection, socket) -> {
                            if (request == 2) {
                                socket.close();
                            } else {
                                RawProvider.say(socket, FINE);
                            }
                        });
                Harness gateway = gateway(provider)) {
            assertThat(ask(gateway).statusCode()).isEqualTo(200);
            gateway.awaitQuiet();
            assertThat(ask(gateway).statusCode()).isEqualTo(200);
            assertThat(provider.heads).hasSize(3);
        }
    }

    /** It may have done the work already. */
    @Test
    void sendsNothingAgainToAProviderThatHadBegunToAnswer() throws Exception {
        try (RawProvider provider =
                        new RawProvider((request, connection, socket) -> {
                            if (request == 2) {
                                RawProvider.say(socket, "HTTP/1.1 2");
                                socket.close();
                            } else {
                                RawProvider.say(socket, FINE);
                            }
                        });
                Harness gateway = gateway(provider)) {
            assertThat(ask(gateway).statusCode()).isEqualTo(200);
            gateway.awaitQuiet();
            assertThat(ask(gateway).statusCode()).isEqualTo(502);
            assertThat(provider.heads).hasSize(2);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hello\r\n\r\n",
                "HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nxx",
                "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nnonsense\r\n",
                "HTTP/1.1 200 OK\r\nx: 1\r\n folded\r\n\r\n",
            })
    void whatIsNoHttpIsAFaultAndEndsTheConnection(String answer) throws Exception {
        try (RawProvider provider = new RawProvider(say(answer));
                Harness gateway = gateway(provider)) {
            HttpResponse<String> seen = ask(gateway);
            assertThat(seen.statusCode()).isEqualTo(502);
            assertThat(seen.body()).contains("upstream_error");
            gateway.awaitQuiet();
            Harness.await(() -> hasNoConnection(gateway));
        }
    }

    @Test
    void passesOverInterimAnswers() throws Exception {
        try (RawProvider provider =
                        new RawProvider(
                                say("HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n" + FINE));
                Harness gateway = gateway(provider)) {
            assertThat(ask(gateway).body()).contains("hi");
            gateway.awaitQuiet();
            assertThat(ask(gateway).headers().firstValue("link")).isEmpty();
            assertThat(provider.connections).hasValue(1);
        }
    }

    /** The answer comes while the body is still on its way: nobody will read the rest of it. */
    @Test
    void anEarlyAnswerEndsTheConnectionOfALargeBody() throws Exception {
        try (RawProvider provider =
                        new RawProvider(
                                say("HTTP/1.1 413 Too Large\r\ncontent-length: 2\r\n\r\n{}"),
                                false);
                Harness gateway = gateway(provider)) {
            String large =
                    Harness.chat("one/echo", false).replace("hello", "hello ".repeat(2_000_000));
            assertThat(gateway.post("/v1/chat/completions", large).statusCode()).isEqualTo(413);
            gateway.awaitQuiet();
            Harness.await(() -> hasNoConnection(gateway));
        }
    }

    @Test
    void aLargeBodyArrivesWhole() throws Exception {
        try (RawProvider provider = new RawProvider(say(FINE));
                Harness gateway = gateway(provider)) {
            for (int size : new int[] {60_000, 65_400, 65_536, 65_700, 200_000, 3_000_000}) {
                String body = Harness.chat("one/echo", false).replace("hello", "h".repeat(size));
                assertThat(gateway.post("/v1/chat/completions", body).statusCode()).isEqualTo(200);
                gateway.awaitQuiet();
                assertThat(provider.bodySizes.getLast())
                        .isEqualTo(body.replace("one/echo", "echo").length());
            }
            assertThat(provider.connections).hasValue(1);
        }
    }
}
