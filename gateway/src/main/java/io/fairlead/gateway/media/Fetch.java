package io.fairlead.gateway.media;

import io.fairlead.kernel.ErrorCode;
import io.fairlead.kernel.GatewayError;
import io.fairlead.kernel.GatewayException;
import io.fairlead.protocol.model.Media;
import io.fairlead.protocol.model.Media.Source;

import org.jspecify.annotations.Nullable;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Fetches one medium: a name is looked up once for each hop, all its addresses are checked, and one
 * of the checked is connected to. One thread runs it; another may {@link #close} it at any time.
 */
final class Fetch implements AutoCloseable {
    private static final int MOST_REDIRECTS = 3;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(5);

    private final MediaRules rules;
    private final Media.Kind kind;
    private final String url;
    private final Room room;
    private final Names names;
    private final Supplier<SSLSocketFactory> tls;
    private @Nullable Socket socket;
    private boolean closed;

    Fetch(
            MediaRules rules,
            Media.Kind kind,
            String url,
            Room room,
            Names names,
            Supplier<SSLSocketFactory> tls) {
        this.rules = rules;
        this.kind = kind;
        this.url = url;
        this.room = room;
        this.names = names;
        this.tls = tls;
    }

    /** The medium's bytes, as a request holds them. */
    Source.Inline run() throws Refusal {
        WebAddress address = WebAddress.of(url);
        for (int hops = 0; hops <= MOST_REDIRECTS; hops++) {
            rules.check(address);
            List<InetAddress> checked = resolved(address);
            try (Socket connection = connected(checked, address)) {
                WebAnswer answer = asked(connection, address);
                if (!REDIRECTS.contains(answer.status())) {
                    return inline(answer);
                }
                String location = answer.header("location").orElse("");
                address = address.redirected(location);
            } catch (SSLException e) {
                throw new Refusal("no secure connection to its server could be made");
            } catch (IOException e) {
                throw new Refusal("its server could not be reached, or broke off its answer");
            }
        }
        throw new Refusal("its server redirects too often");
    }

    /** A host that is not known and one that is not public look the same from outside. */
    private List<InetAddress> resolved(WebAddress address) throws Refusal {
        try {
            List<InetAddress> found = names.resolve(address.host());
            boolean fine = !found.isEmpty();
            for (InetAddress one : found) {
                fine &= !rules.onlyPublic() || PublicAddresses.contain(one);
            }
            if (fine) {
                return found;
            }
        } catch (IOException e) {
            throw notPublic();
        }
        throw notPublic();
    }

    private Refusal notPublic() {
        return new Refusal(
                rules.onlyPublic()
                        ? "its host is not known as one of the public internet"
                        : "its host is not known");
    }

    private Socket connected(List<InetAddress> addresses, WebAddress to) throws IOException {
        IOException last = new UnknownHostException();
        int each =
                (int)
                        Math.max(
                                1,
                                Math.min(
                                        LONGEST_CONNECT.toMillis(),
                                        rules.timeout().toMillis() / addresses.size()));
        for (InetAddress address : addresses) {
            Socket plain = new Socket(Proxy.NO_PROXY);
            try {
                open(plain);
                plain.connect(new InetSocketAddress(address, to.port()), each);
                return to.tls() ? secured(plain, to) : plain;
            } catch (IOException e) {
                plain.close();
                last = e;
            }
        }
        throw last;
    }

    private Socket secured(Socket plain, WebAddress to) throws IOException {
        SSLSocket secure = (SSLSocket) tls.get().createSocket(plain, to.host(), to.port(), true);
        SSLParameters parameters = secure.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secure.setSSLParameters(parameters);
        secure.startHandshake();
        return secure;
    }

    private static WebAnswer asked(Socket connection, WebAddress address) throws IOException {
        String head =
                "GET "
                        + address.target()
                        + " HTTP/1.1\r\nHost: "
                        + address.hostHeader()
                        + "\r\nUser-Agent: fairlead\r\nAccept: */*\r\nAccept-Encoding: identity"
                        + "\r\nConnection: close\r\n\r\n";
        connection.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        return WebAnswer.read(new BufferedInputStream(connection.getInputStream()));
    }

    private Source.Inline inline(WebAnswer answer) throws IOException, Refusal {
        if (answer.status() != 200) {
            throw new Refusal("its server answered with status " + answer.status());
        }
        if (!answer.header("content-encoding").orElse("identity").equalsIgnoreCase("identity")) {
            throw new Refusal("its server sent it compressed, unasked");
        }
        if (answer.announced() > rules.maxBytes()) {
            throw tooLarge();
        }
        byte[] bytes = answer.body(new Counter());
        String type = MediaTypes.fitting(kind, answer.header("content-type"), bytes);
        take((bytes.length + 2L) / 3 * 4 - bytes.length);
        return new Source.Inline(type, Base64.getEncoder().encodeToString(bytes));
    }

    private final class Counter implements WebAnswer.Meter {
        private long total;

        @Override
        public void count(int bytes) throws Refusal {
            total += bytes;
            if (total > rules.maxBytes()) {
                throw tooLarge();
            }
            take(bytes);
        }
    }

    private void take(long bytes) {
        if (!room.take(bytes)) {
            throw new GatewayException(
                    GatewayError.of(
                                    ErrorCode.OVERLOADED,
                                    "The gateway holds as many bodies and media as it may. Try"
                                            + " again in a moment.")
                            .withRetryAfter(Duration.ofSeconds(1)));
        }
    }

    private Refusal tooLarge() {
        return new Refusal(
                "it is larger than what is fetched (media.max_size: "
                        + rules.maxBytes()
                        + " bytes)");
    }

    private synchronized void open(Socket fresh) throws IOException {
        if (closed) {
            throw new IOException("given up");
        }
        socket = fresh;
    }

    /** Gives up: whoever reads, writes or connects for it stops at once. */
    @Override
    public synchronized void close() {
        closed = true;
        if (socket != null) {
            try {
                socket.close();
            } catch (IOException e) {
                socket = null; // it is closed either way
            }
        }
    }
}
