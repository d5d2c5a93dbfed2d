package io.fairlead.simulator.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** A client that sends bytes and shows how a connection ends. Confined to one thread. */
final class RawClient implements AutoCloseable {

    /** What was read before the end, and what end it was: {@code FIN} or {@code RST}. */
    record Heard(String text, String ending) {}

    private final Socket socket;

    RawClient(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(10_000);
    }

    RawClient post(String path, String body, String... headers) throws IOException {
        StringBuilder head = new StringBuilder("POST " + path + " HTTP/1.1\r\nhost: sim\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        head.append("content-length: ").append(bytes.length).append("\r\n\r\n");
        socket.getOutputStream().write(head.toString().getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    Heard hearToTheEnd() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            for (int b = socket.getInputStream().read();
                    b >= 0;
                    b = socket.getInputStream().read()) {
                out.write(b);
            }
            return new Heard(out.toString(StandardCharsets.UTF_8), "FIN");
        } catch (SocketException e) {
            return new Heard(out.toString(StandardCharsets.UTF_8), "RST");
        }
    }

    /** Reads until what was read contains {@code text}. */
    String hearUntil(String text) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        while (!out.toString(StandardCharsets.UTF_8).contains(text)) {
            int b = socket.getInputStream().read();
            if (b < 0) {
                throw new IOException("ended before " + text + ": " + out);
            }
            out.write(b);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    long skip(long bytes) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        long left = bytes;
        while (left > 0) {
            int read = socket.getInputStream().read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) {
                break;
            }
            left -= read;
        }
        return bytes - left;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
