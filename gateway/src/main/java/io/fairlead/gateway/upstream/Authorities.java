package io.fairlead.gateway.upstream;

import io.vertx.core.net.TrustOptions;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** The certificate authorities that servers are believed by. Thread-safe. */
public final class Authorities {
    private final X509TrustManager trust;

    private Authorities(X509TrustManager trust) {
        this.trust = trust;
    }

    /**
     * Those that this machine trusts, and those in {@code pem}. Blocks.
     *
     * @throws IOException when the file can't be read or holds no certificate
     */
    public static Authorities with(Path pem) throws IOException {
        try {
            KeyStore all = KeyStore.getInstance(KeyStore.getDefaultType());
            all.load(null, null);
            int number = 0;
            for (X509Certificate known : trust(null).getAcceptedIssuers()) {
                all.setCertificateEntry("system-" + number++, known);
            }
            for (Certificate own : certificates(pem)) {
                all.setCertificateEntry("own-" + number++, own);
            }
            return new Authorities(trust(all));
        } catch (GeneralSecurityException e) {
            throw new IOException("no certificates in PEM form", e);
        }
    }

    /** For connections of Vert.x. */
    public TrustOptions options() {
        return TrustOptions.wrap(trust);
    }

    /** For connections of the JDK. */
    public SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {trust}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("TLS is in every JDK", e);
        }
    }

    private static Collection<? extends Certificate> certificates(Path pem)
            throws IOException, GeneralSecurityException {
        Collection<? extends Certificate> found =
                CertificateFactory.getInstance("X.509")
                        .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(pem)));
        if (found.isEmpty()) {
            throw new IOException("no certificates in PEM form");
        }
        return found;
    }

    /** The trust in the authorities of a store; null: in those of this machine. */
    private static X509TrustManager trust(@Nullable KeyStore store)
            throws GeneralSecurityException {
        TrustManagerFactory factory =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509TrustManager x509) {
                return x509;
            }
        }
        throw new GeneralSecurityException("this Java runtime trusts nobody");
    }
}
