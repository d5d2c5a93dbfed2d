package io.fairlead.gateway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.gateway.TestCertificate;
import io.fairlead.gateway.upstream.Authorities;
import io.fairlead.simulator.fault.FaultInjector;
import io.fairlead.simulator.server.SimulatorOptions;
import io.fairlead.simulator.server.SimulatorServer;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** TLS to providers, and HTTP/2 where they offer it. */
final class ProviderTlsTest {
    @TempDir private static Path folder;
    private static Path cert;
    private static Path key;
    private static SimulatorServer provider;

    @BeforeAll
    static void start() throws Exception {
        cert = folder.resolve("cert.pem");
        key = folder.resolve("key.pem");
        TestCertificate.write("provider", cert, key, "dns:localhost");
        provider =
                SimulatorServer.start(
                        SimulatorOptions.loopback().withTls(cert, key),
                        new FaultInjector(Harness.simulator()));
    }

    @AfterAll
    static void stop() {
        provider.close();
    }

    private static Harness.Options at(String host) {
        Harness.Options options = new Harness.Options();
        options.baseUrl =
                Optional.of(URI.create("https://" + host + ":" + provider.port() + "/v1"));
        return options;
    }

    private static HttpResponse<String> ask(Harness gateway) throws Exception {
        return gateway.post("/v1/chat/completions", Harness.chat("one/echo", false));
    }

    @Test
    void believesAnAuthorityOfTheOperators() throws Exception {
        Harness.Options options = at("localhost");
        options.trusted = Optional.of(Authorities.with(cert));
        try (Harness gateway = new Harness(options)) {
            HttpResponse<String> answer = ask(gateway);

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        }
    }

    @Test
    void believesOnlyTheAuthoritiesOfThisMachineByDefault() throws Exception {
        try (Harness gateway = new Harness(at("localhost"))) {
            refused(gateway, "TLS handshake failed: the certificate is not trusted");
        }
    }

    @Test
    void refusesACertificateForAnotherHost() throws Exception {
        Harness.Options options = at("127.0.0.1");
        options.trusted = Optional.of(Authorities.with(cert));
        try (Harness gateway = new Harness(options)) {
            refused(gateway, "TLS handshake failed: the certificate is for another host name");
        }
    }

    private static void refused(Harness gateway, String why) throws Exception {
        long before = provider.traffic().requests();
        HttpResponse<String> answer = ask(gateway);

        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.body())
                .contains(why)
                .doesNotContain("sk-operator", "127.0.0.1", "localhost", "CN=");
        assertThat(gateway.record().attempts().getFirst().fault()).contains("unreachable");
        assertThat(provider.traffic().requests()).isEqualTo(before);
    }

    @Test
    void sendsManyRequestsOverOneConnectionWhereHttp2IsOffered() throws Exception {
        Harness.Options options = at("localhost");
        options.trusted = Optional.of(Authorities.with(cert));
        try (Harness gateway = new Harness(options)) {
            assertThat(ask(gateway).statusCode()).isEqualTo(200);
            long connections = provider.traffic().connections();
            List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                String json = Harness.chat("one/echo-fault-delay-300", i % 2 == 0);
                answers.add(
                        gateway.client()
                                .sendAsync(
                                        HttpRequest.newBuilder(gateway.uri("/v1/chat/completions"))
                                                .header("content-type", "application/json")
                                                .POST(HttpRequest.BodyPublishers.ofString(json))
                                                .build(),
                                        BodyHandlers.ofString()));
            }
            for (CompletableFuture<HttpResponse<String>> answer : answers) {
                HttpResponse<String> got = answer.get(20, TimeUnit.SECONDS);
                assertThat(got.statusCode()).as(got.body()).isEqualTo(200);
                assertThat(got.body()).contains("hel");
            }
            assertThat(provider.traffic().connections()).isEqualTo(connections);
        }
    }

    /** Large bodies, for they go out as fast as the socket takes what TLS makes of them. */
    @Test
    void speaksHttp1WhereNothingElseIsOffered() throws Exception {
        Vertx vertx = Vertx.vertx();
        AtomicInteger connections = new AtomicInteger();
        List<String> seen = new CopyOnWriteArrayList<>();
        HttpServer old =
                vertx.createHttpServer(
                                new HttpServerOptions()
                                        .setHost("127.0.0.1")
                                        .setPort(0)
                                        .setSsl(true)
                                        .setUseAlpn(false)
                                        .setKeyCertOptions(
                                                new PemKeyCertOptions()
                                                        .setCertPath(cert.toString())
                                                        .setKeyPath(key.toString())))
                        .connectionHandler(_ -> connections.incrementAndGet())
                        .requestHandler(request ->
                                request.body()
                                        .onSuccess(body -> {
                                            seen.add(request.version() + " " + body.length());
                                            request.response()
                                                    .putHeader("content-type", "application/json")
                                                    .end(RawHttp1Test.JSON);
                                        }));
        old.listen().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        Harness.Options options = new Harness.Options();
        options.baseUrl = Optional.of(URI.create("https://localhost:" + old.actualPort() + "/v1"));
        options.trusted = Optional.of(Authorities.with(cert));
        try (Harness gateway = new Harness(options)) {
            for (int size : new int[] {5, 60_000, 3_000_000, 5}) {
                String json = Harness.chat("one/echo", false).replace("hello", "h".repeat(size));
                HttpResponse<String> answer = gateway.post("/v1/chat/completions", json);
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
                gateway.awaitQuiet();
                assertThat(seen.getLast()).isEqualTo("HTTP_1_1 " + (json.length() - 4));
            }
            assertThat(connections).hasValue(1);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void aFileWithoutCertificatesIsNamed() throws Exception {
        Path empty = Files.writeString(folder.resolve("empty.pem"), "");
        Path other = Files.writeString(folder.resolve("other.pem"), "no certificate");

        assertThatThrownBy(() -> Authorities.with(empty)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> Authorities.with(other))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("PEM");
    }
}
