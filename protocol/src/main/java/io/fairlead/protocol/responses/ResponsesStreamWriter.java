package io.fairlead.protocol.responses;

import io.fairlead.kernel.GatewayError;
import io.fairlead.protocol.codec.AnswerContext;
import io.fairlead.protocol.codec.Frame;
import io.fairlead.protocol.codec.StreamWriter;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.model.Batch;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.StreamEvent;

import java.util.List;
import java.util.Optional;

/**
 * Writes a stream of numbered events. Batches of this protocol become the message they were; events
 * of others are put in this protocol's order. Confined to one thread.
 */
final class ResponsesStreamWriter implements StreamWriter {
    private final Emitter emitter = new Emitter();
    private final LiveResponse live = new LiveResponse();
    private final OutputStream output;

    ResponsesStreamWriter(AnswerContext context) {
        output = new OutputStream(context, emitter);
    }

    @Override
    public List<Frame> write(Batch batch) {
        Optional<String> type = type(batch.beside());
        if (type.isPresent()) {
            own(type.get(), batch);
        } else if (Wire.form(batch.beside(), ResponsesStreamReader.DONE)) {
            emitter.pass(Frame.of(name(batch.beside(), ""), Frame.DONE), -1);
        } else {
            for (StreamEvent event : batch.events()) {
                output.write(event);
            }
        }
        return emitter.taken();
    }

    private static Optional<String> type(Beside beside) {
        if (Wire.own(beside)) {
            for (String form : beside.forms()) {
                if (form.startsWith(ResponsesStreamReader.TYPE)) {
                    return Optional.of(form.substring(ResponsesStreamReader.TYPE.length()));
                }
            }
        }
        return Optional.empty();
    }

    private static String name(Beside beside, String type) {
        if (Wire.form(beside, ResponsesStreamReader.UNNAMED)) {
            return "";
        }
        String other = Wire.word(beside, ResponsesStreamReader.NAMED);
        return other.isEmpty() ? type : other;
    }

    private void own(String type, Batch batch) {
        Told told = new Told(batch.events());
        JsonObject message =
                EventType.grows(type) ? growth(type, batch, told) : other(type, batch, told);
        Json json = message.toJson();
        live.saw(type, json);
        output.saw(json);
        Frame frame = new Frame(name(batch.beside(), type), message.toBytes());
        emitter.pass(frame, LiveResponse.index(json, "sequence_number"));
    }

    private static JsonObject growth(String type, Batch batch, Told told) {
        JsonObject message = new JsonObject().put("type", type);
        batch.beside().members().forEach(message::put);
        if (!message.has("delta")) {
            message.put("delta", told.grown());
        }
        return message;
    }

    private JsonObject other(String type, Batch batch, Told told) {
        JsonObject place = new JsonObject();
        place.merge(batch.beside().members());
        Json where = place.toJson();
        if (EventType.endsText(type)) {
            live.text(type, where).append(told.grown());
        }
        Json expected = live.expected(type, where, told);
        return Patch.applied(expected, batch.beside().members(), batch.beside().forms());
    }

    @Override
    public List<Frame> fail(GatewayError error) {
        output.fail(error.code().wireName(), error.message());
        return emitter.taken();
    }
}
