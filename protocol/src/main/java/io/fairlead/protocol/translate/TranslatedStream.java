package io.fairlead.protocol.translate;

import io.fairlead.kernel.ProviderFault;
import io.fairlead.kernel.Usage;
import io.fairlead.protocol.codec.EventStream;
import io.fairlead.protocol.codec.Frame;
import io.fairlead.protocol.codec.Framing;
import io.fairlead.protocol.codec.StreamReader;
import io.fairlead.protocol.codec.StreamSignal;
import io.fairlead.protocol.codec.StreamWriter;
import io.fairlead.protocol.codec.Unreadable;
import io.fairlead.protocol.json.JsonText;
import io.fairlead.protocol.model.Batch;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.UnaryOperator;

/**
 * A stream that is read in the provider's protocol and written in the client's. An event here is
 * all that one message of the provider becomes. One per attempt; confined to one thread.
 */
final class TranslatedStream implements EventStream {
    private static final byte[] NOTHING = {};

    private final Framing.FrameScanner scanner;
    private final StreamReader reader;
    private final UnaryOperator<Batch> rewrite;
    private final StreamWriter writer;
    private final Framing framing;
    private final AnswerFacts facts = new AnswerFacts();
    private final Queue<Frame> waiting = new ArrayDeque<>();
    private StreamSignal signal = StreamSignal.NOTHING_YET;
    private byte[] bytes = NOTHING;
    private long written;
    private boolean ended;
    private boolean over;

    /**
     * @param scanner cuts the provider's bytes into messages
     * @param rewrite what is done to the events between reading and writing
     * @param framing of the client's stream
     */
    TranslatedStream(
            Framing.FrameScanner scanner,
            StreamReader reader,
            UnaryOperator<Batch> rewrite,
            StreamWriter writer,
            Framing framing) {
        this.scanner = scanner;
        this.reader = reader;
        this.rewrite = rewrite;
        this.writer = writer;
        this.framing = framing;
    }

    @Override
    public void feed(byte[] chunk, int chunkFrom, int chunkTo) {
        try {
            waiting.addAll(scanner.feed(chunk, chunkFrom, chunkTo));
        } catch (Unreadable unreadable) {
            facts.unreadable(unreadable.problem());
        }
    }

    @Override
    public void end() {
        try {
            waiting.addAll(scanner.end());
        } catch (Unreadable unreadable) {
            facts.unreadable(unreadable.problem());
        }
        ended = true;
    }

    @Override
    public boolean next() {
        bytes = NOTHING;
        signal = StreamSignal.NOTHING_YET;
        Frame frame = waiting.poll();
        if (frame != null) {
            take(frame);
            return true;
        }
        if (ended && !over) {
            over = true;
            take(reader.end());
            return true;
        }
        return false;
    }

    private void take(Frame frame) {
        try {
            take(reader.read(frame));
        } catch (Unreadable unreadable) {
            facts.unreadable(unreadable.problem());
            signal = StreamSignal.ERROR;
        }
    }

    private void take(Batch read) {
        Batch batch = rewrite.apply(read);
        signal = facts.accept(batch);
        if (signal != StreamSignal.ERROR) {
            List<Frame> frames = writer.write(batch);
            written += frames.size();
            bytes = encode(frames);
        }
    }

    private byte[] encode(List<Frame> frames) {
        if (frames.size() == 1) {
            return framing.encode(frames.getFirst());
        }
        byte[][] parts = new byte[frames.size()][];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = framing.encode(frames.get(i));
        }
        return JsonText.join(parts);
    }

    @Override
    public StreamSignal signal() {
        return signal;
    }

    @Override
    public byte[] bytes() {
        return bytes;
    }

    @Override
    public int from() {
        return 0;
    }

    @Override
    public int to() {
        return bytes.length;
    }

    @Override
    public int held() {
        return scanner.held();
    }

    @Override
    public Optional<ProviderFault> fault() {
        return facts.fault(over);
    }

    @Override
    public Optional<Usage> usage() {
        return facts.usage();
    }

    @Override
    public Optional<String> model() {
        return facts.model();
    }

    @Override
    public Optional<String> finishReason() {
        return facts.finish();
    }

    @Override
    public long outputCharacters() {
        return facts.characters();
    }

    @Override
    public long sequenceNumber() {
        return written - 1; // those who number their messages begin with 0
    }
}
