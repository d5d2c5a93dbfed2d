package io.fairlead.protocol.gemini;

import io.fairlead.kernel.GatewayError;
import io.fairlead.protocol.codec.Frame;
import io.fairlead.protocol.codec.StreamWriter;
import io.fairlead.protocol.model.Batch;
import io.fairlead.protocol.model.StreamEvent;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Writes a stream as a JSON array, message by message. Confined to one thread. */
final class GeminiArrayWriter implements StreamWriter {
    private final GeminiStreamWriter elements;
    private boolean begun;

    GeminiArrayWriter(GeminiStreamWriter elements) {
        this.elements = elements;
    }

    @Override
    public List<Frame> write(Batch batch) {
        List<Frame> frames = enclosed(elements.write(batch));
        if (batch.events().stream().anyMatch(StreamEvent.Ended.class::isInstance)) {
            frames.add(end());
        }
        return frames;
    }

    @Override
    public List<Frame> fail(GatewayError error) {
        List<Frame> frames = enclosed(elements.fail(error));
        frames.add(end());
        return frames;
    }

    private List<Frame> enclosed(List<Frame> frames) {
        List<Frame> enclosed = new ArrayList<>(frames.size() + 1);
        for (Frame frame : frames) {
            byte[] before = (begun ? ",\r\n" : "[").getBytes(StandardCharsets.US_ASCII);
            byte[] data = new byte[before.length + frame.data().length];
            System.arraycopy(before, 0, data, 0, before.length);
            System.arraycopy(frame.data(), 0, data, before.length, frame.data().length);
            enclosed.add(new Frame("", data));
            begun = true;
        }
        return enclosed;
    }

    private Frame end() {
        return Frame.of("", begun ? "]" : "[]");
    }
}
