package io.fairlead.gateway.upstream;

import io.fairlead.gateway.cloud.CloudException;
import io.fairlead.kernel.ProviderFault;
import io.netty.channel.ConnectTimeoutException;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.StreamResetException;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.util.concurrent.CompletionException;

import javax.net.ssl.SSLException;

/**
 * Makes faults of exceptions of the HTTP client. What they say is ours: an exception's own message
 * would name hosts and addresses. Stateless.
 */
final class Faults {
    private static final int UNAUTHORIZED = 401;
    private static final long HTTP2_REFUSED_STREAM = 0x7;

    private Faults() {}

    /** A cloud lent nothing to send the request with. */
    static ProviderFault borrowing(Throwable cause) {
        Throwable why =
                cause instanceof CompletionException && cause.getCause() != null
                        ? cause.getCause()
                        : cause;
        String message = String.valueOf(why.getMessage());
        return why instanceof CloudException cloud && cloud.refused()
                ? new ProviderFault.CredentialRefused(UNAUTHORIZED, message)
                : new ProviderFault.Unreachable(message);
    }

    /** Nothing was sent. */
    static ProviderFault connecting(Throwable cause) {
        if (causedBy(CertificateException.class, cause) != null) {
            return new ProviderFault.Unreachable("TLS handshake failed: " + mistrust(cause));
        }
        for (Throwable each = cause; each != null; each = each.getCause()) {
            switch (each) {
                case ConnectTimeoutException _ -> {
                    return new ProviderFault.Unreachable("no connection in time");
                }
                case ConnectException _ -> {
                    return new ProviderFault.Unreachable("connection refused");
                }
                case UnknownHostException _ -> {
                    return new ProviderFault.Unreachable("host name not resolved");
                }
                case SSLException _ -> {
                    return new ProviderFault.Unreachable("TLS handshake failed");
                }
                case IllegalArgumentException _ -> {
                    return new ProviderFault.Unreachable(
                            "the credential or a header has characters that HTTP can't carry");
                }
                case ConnectionPoolTooBusyException _ -> {
                    return new ProviderFault.Unreachable("all connections to the provider in use");
                }
                default -> {}
            }
        }
        return new ProviderFault.Unreachable("connection failed");
    }

    /** What is wrong with a certificate; the exception would name hosts. */
    private static String mistrust(Throwable cause) {
        Throwable why = causedBy(CertificateException.class, cause);
        String message = why == null ? "" : String.valueOf(why.getMessage());
        boolean otherName =
                message.startsWith("No name matching") || message.startsWith("No subject alt");
        if (otherName) {
            return "the certificate is for another host name";
        }
        return causedBy(CertificateExpiredException.class, cause) != null
                ? "the certificate has expired"
                : "the certificate is not trusted";
    }

    private static @Nullable Throwable causedBy(Class<?> type, Throwable cause) {
        for (Throwable each = cause; each != null; each = each.getCause()) {
            if (type.isInstance(each)) {
                return each;
            }
        }
        return null;
    }

    /** The connection broke after the request went out. */
    static String breaking(Throwable cause, boolean inAnswer) {
        String where = inAnswer ? " within the answer" : " before the answer";
        return switch (cause) {
            case HttpClosedException _ -> "connection closed" + where;
            case StreamResetException _ -> "stream reset" + where;
            case IOException _ -> "connection reset" + where;
            default -> "broken HTTP" + where;
        };
    }

    static boolean isClosed(Throwable cause) {
        return cause instanceof HttpClosedException || cause instanceof IOException;
    }

    static boolean isRefusedStream(Throwable cause) {
        return cause instanceof StreamResetException reset
                && reset.getCode() == HTTP2_REFUSED_STREAM;
    }
}
