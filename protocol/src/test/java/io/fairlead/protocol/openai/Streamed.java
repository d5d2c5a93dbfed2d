package io.fairlead.protocol.openai;

import io.fairlead.kernel.Endpoint;
import io.fairlead.protocol.codec.StreamSignal;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A stream that went through an {@link AnswerStream}, and what came out. Immutable. */
record Streamed(AnswerStream stream, List<StreamSignal> signals, String text) {

    /** Feeds the bytes in pieces that end at the cuts. */
    static Streamed of(
            Endpoint endpoint,
            Conformance conformance,
            boolean hideUsage,
            byte[] bytes,
            int... cuts) {
        AnswerStream stream = new AnswerStream(endpoint, conformance, hideUsage, 1 << 22);
        List<StreamSignal> signals = new ArrayList<>();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int from = 0;
        for (int i = 0; i <= cuts.length; i++) {
            int to = i < cuts.length ? cuts[i] : bytes.length;
            byte[] piece = Arrays.copyOfRange(bytes, from, to);
            stream.feed(piece, 0, piece.length);
            drain(stream, signals, out);
            Arrays.fill(piece, (byte) 'X');
            from = to;
        }
        stream.end();
        drain(stream, signals, out);
        return new Streamed(stream, signals, out.toString(StandardCharsets.UTF_8));
    }

    private static void drain(
            AnswerStream stream, List<StreamSignal> signals, ByteArrayOutputStream out) {
        while (stream.next()) {
            signals.add(stream.signal());
            out.write(stream.bytes(), stream.from(), stream.to() - stream.from());
        }
    }
}
