package io.fairlead.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.gateway.TestCertificate;
import io.fairlead.gateway.config.ServerConfig;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Optional;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** Certificates are made by the JDK's own keytool, so that nothing else need be installed. */
class TlsTest {
    @TempDir private Path folder;
    private Path cert;
    private Path key;

    @BeforeEach
    void writeFiles() throws Exception {
        cert = folder.resolve("cert.pem");
        key = folder.resolve("key.pem");
        TestCertificate.write("first", cert, key);
    }

    @Test
    void servesTheNewCertificateAfterTheFilesChanged() throws Exception {
        try (EdgeHarness harness = new EdgeHarness(config(), EdgeHarness::echo)) {
            assertThat(subject(harness)).isEqualTo("CN=first");
            harness.edge.renewTls();
            assertThat(subject(harness)).isEqualTo("CN=first");

            TestCertificate.write("second", cert, key);
            harness.edge.renewTls();

            assertThat(subject(harness)).isEqualTo("CN=second");
        }
    }

    @Test
    void badFilesChangeNothing() throws Exception {
        try (EdgeHarness harness = new EdgeHarness(config(), EdgeHarness::echo)) {
            Files.writeString(cert, "no certificate");
            harness.edge.renewTls();
            assertThat(subject(harness)).isEqualTo("CN=first");

            TestCertificate.write("other", cert, folder.resolve("unused.pem"));
            harness.edge.renewTls();
            assertThat(subject(harness)).isEqualTo("CN=first");

            Files.delete(key);
            harness.edge.renewTls();
            assertThat(subject(harness)).isEqualTo("CN=first");
        }
    }

    @Test
    void offersHttp2AndHttp11() throws Exception {
        try (EdgeHarness harness = new EdgeHarness(config(), EdgeHarness::echo)) {
            assertThat(protocol(harness, "h2", "http/1.1")).isEqualTo("h2");
            assertThat(protocol(harness, "http/1.1")).isEqualTo("http/1.1");
        }
    }

    @Test
    void doesNotStartWithAKeyOfAnotherCertificate() throws Exception {
        TestCertificate.write("other", folder.resolve("unused.pem"), key);

        assertThatThrownBy(() -> new EdgeHarness(config(), EdgeHarness::echo))
                .isInstanceOf(ListenException.class)
                .hasMessageContaining("does not belong to the certificate");
    }

    private io.fairlead.gateway.config.GatewayConfig config() {
        ServerConfig base = ServerConfig.DEFAULT;
        return EdgeHarness.config(
                new ServerConfig(
                        "127.0.0.1",
                        0,
                        base.adminKey(),
                        base.requireKey(),
                        base.drain(),
                        base.maxBody(),
                        Optional.of(new ServerConfig.Tls(cert, key)),
                        base.corsOrigins(),
                        base.limits()));
    }

    private static String subject(EdgeHarness harness) throws Exception {
        try (SSLSocket socket = connect(harness, "http/1.1")) {
            socket.startHandshake();
            X509Certificate leaf = (X509Certificate) socket.getSession().getPeerCertificates()[0];
            socket.getOutputStream()
                    .write(
                            "GET /health/live HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n"
                                    .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            assertThat(EdgeHarness.readAll(socket, java.time.Duration.ofSeconds(8)))
                    .startsWith("HTTP/1.1 200");
            return leaf.getSubjectX500Principal().getName();
        }
    }

    private static String protocol(EdgeHarness harness, String... offered) throws Exception {
        try (SSLSocket socket = connect(harness, offered)) {
            socket.startHandshake();
            return socket.getApplicationProtocol();
        }
    }

    private static SSLSocket connect(EdgeHarness harness, String... protocols) throws Exception {
        TrustManager all =
                new X509TrustManager() {
                    @Override
                    public void checkClientTrusted(X509Certificate[] chain, String type) {}

                    @Override
                    public void checkServerTrusted(X509Certificate[] chain, String type) {}

                    @Override
                    public X509Certificate[] getAcceptedIssuers() {
                        return new X509Certificate[0];
                    }
                };
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {all}, null);
        SSLSocket socket =
                (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", harness.port());
        socket.setSoTimeout(8_000);
        var parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(protocols);
        socket.setSSLParameters(parameters);
        return socket;
    }
}
