package io.fairlead.gateway.media;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A web site on loopback that answers with whatever bytes a test says. */
public final class TestSite implements AutoCloseable {
    /** What it does with a request. */
    public interface Script {
        void answer(String head, OutputStream out) throws IOException;
    }

    public static final byte[] PNG =
            "\u0089PNG\r\n\u001a\n and the rest".getBytes(StandardCharsets.ISO_8859_1);

    public final AtomicInteger connections = new AtomicInteger();
    public final List<String> heads = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final ServerSocket server;
    private final Script script;

    public TestSite(Script script) throws IOException {
        this(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), script);
    }

    TestSite(ServerSocket server, Script script) {
        this.server = server;
        this.script = script;
        Thread.startVirtualThread(this::accept);
    }

    /** Answers everything with a picture. */
    public static TestSite ofPictures() throws IOException {
        return new TestSite((_, out) -> send(out, "200 OK", "content-type: image/png", PNG));
    }

    static void send(OutputStream out, String status, String header, byte[] body)
            throws IOException {
        out.write(
                ("HTTP/1.1 "
                                + status
                                + "\r\n"
                                + header
                                + "\r\ncontent-length: "
                                + body.length
                                + "\r\n\r\n")
                        .getBytes(StandardCharsets.ISO_8859_1));
        out.write(body);
    }

    public int port() {
        return server.getLocalPort();
    }

    public String url(String host) {
        return "http://" + host + ":" + port() + "/picture.png";
    }

    /** How many connections are open, as the other side left them. */
    boolean allLeft() {
        return sockets.stream().allMatch(Socket::isClosed);
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                connections.incrementAndGet();
                sockets.add(socket);
                Thread.startVirtualThread(() -> serve(socket));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            ByteArrayOutputStream head = new ByteArrayOutputStream();
            while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
                int next = in.read();
                if (next < 0) {
                    return;
                }
                head.write(next);
            }
            heads.add(head.toString(StandardCharsets.ISO_8859_1));
            script.answer(heads.getLast(), socket.getOutputStream());
            socket.getOutputStream().flush();
        } catch (IOException e) {
            // the fetcher has left, which the test sees elsewhere
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
