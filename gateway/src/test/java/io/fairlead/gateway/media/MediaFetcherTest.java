package io.fairlead.gateway.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import static java.util.Objects.requireNonNull;

import io.fairlead.gateway.TestCertificate;
import io.fairlead.gateway.media.MediaRules.From;
import io.fairlead.gateway.upstream.Authorities;
import io.fairlead.kernel.ErrorCode;
import io.fairlead.kernel.GatewayError;
import io.fairlead.kernel.GatewayException;
import io.fairlead.protocol.adapt.MediaNeeds.Need;
import io.fairlead.protocol.model.Media;
import io.fairlead.protocol.model.Media.Kind;
import io.fairlead.protocol.model.Media.Source;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

@Timeout(120)
final class MediaFetcherTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final int LIMIT = 64 * 1024;

    private final AtomicInteger lookups = new AtomicInteger();
    private final AtomicLong taken = new AtomicLong();

    private static MediaRules listed(Duration timeout, String... hosts) {
        return new MediaRules(From.LISTED_HOSTS, List.of(hosts), LIMIT, timeout);
    }

    private static MediaRules open() {
        return new MediaRules(From.PUBLIC_HOSTS, List.of(), LIMIT, LONG);
    }

    /** Each lookup gives the next of these. */
    private Names names(List<String> first, List<String> later) {
        return _ -> addresses(lookups.getAndIncrement() == 0 ? first : later);
    }

    private Names loopback() {
        return names(List.of("127.0.0.1"), List.of("127.0.0.1"));
    }

    private static List<InetAddress> addresses(List<String> literals) throws IOException {
        if (literals.isEmpty()) {
            throw new UnknownHostException("no");
        }
        return literals.stream().map(InetAddress::ofLiteral).toList();
    }

    private static Need need(String url) {
        return new Need("messages[0].content[1]", Media.url(Kind.IMAGE, url));
    }

    private static MediaFetcher fetcher(Names names) {
        return new MediaFetcher(names, () -> (SSLSocketFactory) SSLSocketFactory.getDefault());
    }

    private boolean take(long bytes) {
        taken.addAndGet(bytes);
        return true;
    }

    private Source.Inline fetched(MediaFetcher fetcher, MediaRules rules, String url)
            throws Exception {
        Need need = need(url);
        Map<Media, Source.Inline> came =
                fetcher.fetch(rules, List.of(need), this::take).get(60, TimeUnit.SECONDS);
        return requireNonNull(came.get(need.media()));
    }

    private GatewayError refusal(MediaFetcher fetcher, MediaRules rules, String url) {
        ExecutionException failure =
                catchThrowableOfType(ExecutionException.class, () -> fetched(fetcher, rules, url));
        GatewayError error = ((GatewayException) requireNonNull(failure.getCause())).error();
        assertThat(error.code()).isEqualTo(ErrorCode.INVALID_REQUEST);
        assertThat(error.status()).isEqualTo(400);
        assertThat(error.param()).hasValue("messages[0].content[1]");
        assertThat(error.message())
                .startsWith("messages[0].content[1] can't be fetched: ")
                .doesNotContain("127.0.0.1", "10.0.0.1", "192.168");
        return error;
    }

    @Test
    void fetchesAPictureAndTellsNothingOfItself() throws Exception {
        try (TestSite site = TestSite.ofPictures()) {
            Source.Inline picture =
                    fetched(
                            fetcher(loopback()),
                            listed(LONG, "Pictures.Test"),
                            site.url("pictures.test"));
            assertThat(picture.mediaType()).isEqualTo("image/png");
            assertThat(Base64.getDecoder().decode(picture.base64())).isEqualTo(TestSite.PNG);
            assertThat(taken.get()).isEqualTo(picture.base64().length());
            assertThat(site.heads.getFirst())
                    .startsWith("GET /picture.png HTTP/1.1\r\nHost: pictures.test:" + site.port())
                    .doesNotContainIgnoringCase("cookie", "authorization", "referer");
        }
    }

    @Test
    void looksANameUpOnceSoThatItCannotChangeAfterTheCheck() throws Exception {
        try (TestSite site = TestSite.ofPictures()) {
            Names changing = names(List.of("127.0.0.1"), List.of("10.0.0.1"));
            fetched(fetcher(changing), listed(LONG, "rebound.test"), site.url("rebound.test"));
            assertThat(lookups).hasValue(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "1.1.1.1 127.0.0.1",
                "127.0.0.1 1.1.1.1",
                "::1",
                "::ffff:127.0.0.1",
                "169.254.169.254",
                "64:ff9b::7f00:1",
                ""
            })
    void connectsToNothingUnlessAllAddressesArePublic(String answer) throws Exception {
        List<String> literals = answer.isEmpty() ? List.of() : List.of(answer.split(" ", -1));
        GatewayError error =
                refusal(fetcher(names(literals, literals)), open(), "http://internal.test/a.png");
        assertThat(error.message())
                .endsWith("its host is not known as one of the public internet.");
        assertThat(lookups).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1/",
                "http://localhost/",
                "http://localhost./",
                "http://127.1/",
                "http://2130706433/",
                "http://0/",
                "http://[::1]/",
                "http://[::ffff:7f00:1]/",
                "http://169.254.169.254/latest/meta-data/",
                "https://10.0.0.1/",
                "http://metadata.google.internal.invalid/"
            })
    void knowsItsOwnNeighbourhoodUnderAllItsNames(String url) {
        MediaFetcher system = MediaFetcher.ofSystem(Optional.empty());
        assertThat(refusal(system, open(), url).message()).contains("public internet");
    }

    @Test
    void asksOnlyTheUsualPortsOfHostsThatAreNotListed() throws Exception {
        try (TestSite site = TestSite.ofPictures()) {
            GatewayError error =
                    refusal(fetcher(loopback()), open(), "http://1.1.1.1:" + site.port() + "/");
            assertThat(error.message()).contains("port");
            assertThat(lookups).hasValue(0);
        }
    }

    @Test
    void fetchesNothingWhenItIsOff() throws Exception {
        try (TestSite site = TestSite.ofPictures()) {
            MediaRules off = new MediaRules(From.NOWHERE, List.of(), LIMIT, LONG);
            assertThat(refusal(fetcher(loopback()), off, site.url("h.test")).message())
                    .contains("media.fetch is off");
            assertThat(lookups).hasValue(0);
            assertThat(site.connections).hasValue(0);
        }
    }

    @Test
    void fetchesOnlyFromListedHostsAndTheirListedPorts() throws Exception {
        try (TestSite site = TestSite.ofPictures()) {
            MediaFetcher fetcher = fetcher(loopback());
            MediaRules port = listed(LONG, "h.test:" + site.port());
            assertThat(fetched(fetcher, port, site.url("h.test"))).isNotNull();
            assertThat(refusal(fetcher, port, "http://h.test/").message()).contains("not among");
            assertThat(refusal(fetcher, port, site.url("h.test.evil.test")).message())
                    .contains("not among");
            assertThat(site.connections).hasValue(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://other.test/",
                "http://169.254.169.254/",
                "//[::1]/",
                "file:///etc/passwd",
                "http://user:secret@h.test/"
            })
    void checksAgainWhereARedirectLeads(String location) throws Exception {
        try (TestSite site =
                new TestSite((_, out) ->
                        TestSite.send(out, "302 Found", "Location: " + location, new byte[0]))) {
            refusal(fetcher(loopback()), listed(LONG, "h.test"), site.url("h.test"));
            assertThat(site.connections).hasValue(1);
            assertThat(lookups).hasValue(1);
        }
    }

    @Test
    void followsThreeRedirectsAndLooksUpEachHost() throws Exception {
        AtomicInteger redirects = new AtomicInteger(3);
        try (TestSite site =
                new TestSite((_, out) -> {
                    if (redirects.getAndDecrement() > 0) {
                        TestSite.send(out, "307 Elsewhere", "Location: /next", new byte[0]);
                    } else {
                        TestSite.send(out, "200 OK", "content-type: image/png", TestSite.PNG);
                    }
                })) {
            MediaFetcher fetcher = fetcher(loopback());
            MediaRules rules = listed(LONG, "h.test");
            assertThat(fetched(fetcher, rules, site.url("h.test"))).isNotNull();
            assertThat(lookups).hasValue(4);
            redirects.set(4);
            assertThat(refusal(fetcher, rules, site.url("h.test")).message())
                    .contains("redirects too often");
        }
    }

    private static void chunks(OutputStream out, int most) throws IOException {
        out.write(ascii("HTTP/1.1 200 OK\r\ncontent-type: image/png\r\n"));
        out.write(ascii("transfer-encoding: chunked\r\n\r\n"));
        out.write(ascii(Integer.toHexString(TestSite.PNG.length) + ";x=y\r\n"));
        out.write(TestSite.PNG);
        out.write(ascii("\r\n"));
        for (int i = 0; i < most; i++) {
            out.write(ascii("400\r\n" + "x".repeat(1024) + "\r\n"));
        }
        out.write(ascii("0\r\n\r\n"));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void readsChunksAndBodiesWithoutALength() throws Exception {
        MediaRules rules = listed(LONG, "h.test");
        try (TestSite site = new TestSite((_, out) -> chunks(out, 2))) {
            Source.Inline picture = fetched(fetcher(loopback()), rules, site.url("h.test"));
            assertThat(Base64.getDecoder().decode(picture.base64()))
                    .hasSize(TestSite.PNG.length + 2048);
        }
        try (TestSite site =
                new TestSite((_, out) -> {
                    out.write(ascii("HTTP/1.0 200 OK\r\ncontent-type: image/png\r\n\r\n"));
                    out.write(TestSite.PNG);
                })) {
            Source.Inline picture = fetched(fetcher(loopback()), rules, site.url("h.test"));
            assertThat(Base64.getDecoder().decode(picture.base64())).isEqualTo(TestSite.PNG);
        }
    }

    @Test
    void stopsReadingWhatIsTooLarge() throws Exception {
        try (TestSite site = new TestSite((_, out) -> chunks(out, 1_000_000))) {
            assertThat(
                            refusal(fetcher(loopback()), listed(LONG, "h.test"), site.url("h.test"))
                                    .message())
                    .contains("larger than what is fetched");
            assertThat(taken.get()).isLessThanOrEqualTo(LIMIT);
        }
        try (TestSite site =
                new TestSite((_, out) ->
                        out.write(ascii("HTTP/1.1 200 OK\r\ncontent-length: 99999999\r\n\r\n")))) {
            assertThat(
                            refusal(fetcher(loopback()), listed(LONG, "h.test"), site.url("h.test"))
                                    .message())
                    .contains("larger than what is fetched");
        }
    }

    @Test
    void givesUpOnADripAndOnSilence() throws Exception {
        MediaRules hasty = listed(Duration.ofMillis(400), "h.test");
        try (TestSite site =
                new TestSite((_, out) -> {
                    out.write(ascii("HTTP/1.1 200 OK\r\ncontent-type: image/png\r\n\r\n"));
                    while (true) {
                        out.write('x');
                        out.flush();
                        java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
                    }
                })) {
            assertThat(refusal(fetcher(loopback()), hasty, site.url("h.test")).message())
                    .contains("did not come in time");
            awaitLeft(site);
        }
        try (TestSite site = new TestSite((_, _) -> new CompletableFuture<Void>().join())) {
            assertThat(refusal(fetcher(loopback()), hasty, site.url("h.test")).message())
                    .contains("did not come in time");
        }
    }

    private static void awaitLeft(TestSite site) {
        long end = System.nanoTime() + LONG.toNanos();
        while (!site.allLeft()) {
            assertThat(System.nanoTime()).isLessThan(end);
            java.util.concurrent.locks.LockSupport.parkNanos(2_000_000);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\n\r\n<html>Sign in</html>",
                "HTTP/1.1 200 OK\r\ncontent-type: image/png\r\n\r\n<html>Sign in</html>",
                "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-type: image/png\r\n\r\nx",
                "HTTP/1.1 200 OK\r\ncontent-length: 10\r\ncontent-type: image/png\r\n\r\nx",
                "HTTP/1.1 200 OK\r\ncontent-type: image/png\r\n",
                "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n",
                "HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n",
                "SSH-2.0-OpenSSH_9.6\r\n",
                ""
            })
    void refusesAnswersThatAreNoPicture(String answer) throws Exception {
        try (TestSite site = new TestSite((_, out) -> out.write(ascii(answer)))) {
            refusal(fetcher(loopback()), listed(LONG, "h.test"), site.url("h.test"));
        }
    }

    @Test
    void refusesAHeadWithoutEnd() throws Exception {
        try (TestSite site =
                new TestSite((_, out) -> {
                    out.write(ascii("HTTP/1.1 200 OK\r\n"));
                    while (true) {
                        out.write(ascii("x: " + "y".repeat(1000) + "\r\n"));
                    }
                })) {
            refusal(fetcher(loopback()), listed(LONG, "h.test"), site.url("h.test"));
        }
    }

    @Test
    void fetchesEqualUrlsOnceAndNotTooMany() throws Exception {
        try (TestSite site = TestSite.ofPictures()) {
            MediaFetcher fetcher = fetcher(loopback());
            MediaRules rules = listed(LONG, "h.test");
            Need one = need(site.url("h.test"));
            Need same =
                    new Need(
                            "messages[1].content[0]",
                            Media.url(Kind.IMAGE, site.url("h.test"))
                                    .withDetail(java.util.Optional.of("low")));
            Map<Media, Source.Inline> came =
                    fetcher.fetch(rules, List.of(one, same), this::take).get(60, TimeUnit.SECONDS);
            assertThat(came).containsOnlyKeys(one.media(), same.media());
            assertThat(site.connections).hasValue(1);

            List<Need> many = new ArrayList<>();
            for (int i = 0; i < 101; i++) {
                many.add(need(site.url("h.test") + "?" + i));
            }
            ExecutionException failure =
                    catchThrowableOfType(
                            ExecutionException.class,
                            () -> fetcher.fetch(rules, many, this::take).get(60, TimeUnit.SECONDS));
            assertThat(failure.getCause()).hasMessageContaining("not more");
        }
    }

    @Test
    void isOverloadedWhenNoRoomIsLeft() throws Exception {
        try (TestSite site = TestSite.ofPictures()) {
            Need need = need(site.url("h.test"));
            ExecutionException failure =
                    catchThrowableOfType(
                            ExecutionException.class,
                            () ->
                                    fetcher(loopback())
                                            .fetch(
                                                    listed(LONG, "h.test"),
                                                    List.of(need),
                                                    _ -> false)
                                            .get(60, TimeUnit.SECONDS));
            assertThat(((GatewayException) requireNonNull(failure.getCause())).error().code())
                    .isEqualTo(ErrorCode.OVERLOADED);
        }
    }

    @Test
    void leavesTheServerWhenNobodyWaitsAnyMore() throws Exception {
        CompletableFuture<Void> asked = new CompletableFuture<>();
        try (TestSite site =
                new TestSite((_, out) -> {
                    asked.complete(null);
                    while (true) {
                        out.write('x');
                        out.flush();
                        java.util.concurrent.locks.LockSupport.parkNanos(5_000_000);
                    }
                })) {
            var fetching =
                    fetcher(loopback())
                            .fetch(
                                    listed(LONG, "h.test"),
                                    List.of(need(site.url("h.test"))),
                                    this::take);
            asked.get(30, TimeUnit.SECONDS);
            fetching.cancel(false);
            awaitLeft(site);
        }
    }

    @Test
    void checksTheCertificateForTheHostOfTheUrl(@TempDir Path folder) throws Exception {
        Path cert = folder.resolve("cert.pem");
        Path key = folder.resolve("key.pem");
        TestCertificate.write("site", cert, key, "dns:pictures.test");
        SSLContext context = context(cert, key);
        ServerSocket socket =
                context.getServerSocketFactory()
                        .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        try (TestSite site =
                new TestSite(
                        socket,
                        (_, out) ->
                                TestSite.send(
                                        out, "200 OK", "content-type: image/png", TestSite.PNG))) {
            MediaFetcher trusting = new MediaFetcher(loopback(), context::getSocketFactory);
            MediaRules rules = listed(LONG, "pictures.test", "other.test");
            String url = "https://pictures.test:" + site.port() + "/";
            assertThat(fetched(trusting, rules, url).mediaType()).isEqualTo("image/png");
            assertThat(refusal(trusting, rules, url.replace("pictures", "other")).message())
                    .contains("no secure connection");
            assertThat(refusal(fetcher(loopback()), rules, url).message())
                    .contains("no secure connection");
        }
    }

    @Test
    void believesAnAuthorityOfTheOperators(@TempDir Path folder) throws Exception {
        Path cert = folder.resolve("cert.pem");
        Path key = folder.resolve("key.pem");
        TestCertificate.write("site", cert, key, "dns:localhost");
        ServerSocket socket =
                context(cert, key)
                        .getServerSocketFactory()
                        .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        try (TestSite site =
                new TestSite(
                        socket,
                        (_, out) ->
                                TestSite.send(
                                        out, "200 OK", "content-type: image/png", TestSite.PNG))) {
            MediaRules rules = listed(LONG, "localhost");
            String url = "https://localhost:" + site.port() + "/";
            Optional<SSLContext> own = Optional.of(Authorities.with(cert).context());
            assertThat(fetched(MediaFetcher.ofSystem(own), rules, url).mediaType())
                    .isEqualTo("image/png");
            assertThat(refusal(MediaFetcher.ofSystem(Optional.empty()), rules, url).message())
                    .contains("no secure connection");
        }
    }

    private static SSLContext context(Path cert, Path key) throws Exception {
        Certificate certificate;
        try (var in = Files.newInputStream(cert)) {
            certificate = CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
        String pem = Files.readString(key).replaceAll("-----[A-Z ]+-----|\\s", "");
        PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(Base64.getDecoder().decode(pem));
        String algorithm = certificate.getPublicKey().getAlgorithm();
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("ca", certificate);
        store.setKeyEntry(
                "site",
                KeyFactory.getInstance(algorithm).generatePrivate(spec),
                new char[0],
                new Certificate[] {certificate});
        KeyManagerFactory keys =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, new char[0]);
        TrustManagerFactory trust =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }
}
