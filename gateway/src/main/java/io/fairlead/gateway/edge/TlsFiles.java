package io.fairlead.gateway.edge;

import io.fairlead.gateway.config.ServerConfig;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Optional;

import javax.net.ssl.KeyManager;
import javax.net.ssl.X509KeyManager;

/**
 * A certificate chain and its key as they stand in PEM files at one moment, found to belong
 * together. Immutable.
 */
final class TlsFiles {
    private static final byte[] PROBE =
            "fairlead".getBytes(java.nio.charset.StandardCharsets.UTF_8);

    private final ServerConfig.Tls paths;
    private final byte[] cert;
    private final byte[] key;

    private TlsFiles(ServerConfig.Tls paths, byte[] cert, byte[] key) {
        this.paths = paths;
        this.cert = cert;
        this.key = key;
    }

    /**
     * Reads the files. Blocks.
     *
     * @throws ListenException when they can't be read or do not belong together
     */
    static TlsFiles read(Vertx vertx, ServerConfig.Tls paths) {
        TlsFiles files = new TlsFiles(paths, bytes(paths.cert()), bytes(paths.key()));
        files.check(vertx);
        return files;
    }

    /** What the files hold now, when it is something else; empty: the same. Blocks. */
    Optional<TlsFiles> renewed(Vertx vertx) {
        byte[] newCert = bytes(paths.cert());
        byte[] newKey = bytes(paths.key());
        if (Arrays.equals(cert, newCert) && Arrays.equals(key, newKey)) {
            return Optional.empty();
        }
        TlsFiles files = new TlsFiles(paths, newCert, newKey);
        files.check(vertx);
        return Optional.of(files);
    }

    PemKeyCertOptions options() {
        return new PemKeyCertOptions()
                .addCertValue(Buffer.buffer(cert))
                .addKeyValue(Buffer.buffer(key));
    }

    private void check(Vertx vertx) {
        String where = "server.tls: " + paths.cert() + " and " + paths.key() + ": ";
        try {
            for (KeyManager manager : options().getKeyManagerFactory(vertx).getKeyManagers()) {
                if (manager instanceof X509KeyManager x509 && belongTogether(x509)) {
                    return;
                }
            }
        } catch (Exception e) {
            // Vert.x declares Exception here; whatever it is, these files can't be used
            throw ListenException.configuration(where + "not a PEM certificate and private key", e);
        }
        throw ListenException.configuration(where + "the key does not belong to the certificate");
    }

    private static boolean belongTogether(X509KeyManager manager) throws GeneralSecurityException {
        for (String type : new String[] {"RSA", "EC", "Ed25519", "EdDSA"}) {
            String[] aliases = manager.getServerAliases(type, null);
            if (aliases != null && aliases.length > 0) {
                X509Certificate leaf = manager.getCertificateChain(aliases[0])[0];
                PrivateKey key = manager.getPrivateKey(aliases[0]);
                Signature signature = Signature.getInstance(algorithm(key));
                signature.initSign(key);
                signature.update(PROBE);
                byte[] signed = signature.sign();
                signature.initVerify(leaf);
                signature.update(PROBE);
                return signature.verify(signed);
            }
        }
        return false;
    }

    private static String algorithm(PrivateKey key) {
        return switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> key.getAlgorithm();
        };
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw ListenException.configuration("server.tls: " + file + ": can't be read", e);
        }
    }
}
