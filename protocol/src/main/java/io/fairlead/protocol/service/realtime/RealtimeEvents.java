package io.fairlead.protocol.service.realtime;

import static io.fairlead.protocol.json.JsonText.utf8;

import io.fairlead.kernel.GatewayError;
import io.fairlead.kernel.Usage;
import io.fairlead.protocol.error.ErrorShapes;
import io.fairlead.protocol.error.ErrorShapes.Shape;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonCursor;
import io.fairlead.protocol.json.JsonEdit;
import io.fairlead.protocol.json.JsonText;
import io.fairlead.protocol.json.MalformedJson;
import io.fairlead.protocol.json.TextMembers;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Reads and writes realtime events. Stateless: any thread. */
public final class RealtimeEvents {
    private static final byte[] TYPE = utf8("type");
    private static final byte[] SESSION = utf8("session");
    private static final byte[] TRANSCRIPTION = utf8("transcription");
    private static final byte[] INPUT_AUDIO_TRANSCRIPTION = utf8("input_audio_transcription");
    private static final String MODEL = "model";

    private RealtimeEvents() {}

    /**
     * A response that is over.
     *
     * @param usage absent: the provider does not say
     * @param status {@code completed}, {@code cancelled}, {@code failed} or {@code incomplete}
     */
    public record Done(Optional<Usage> usage, Optional<String> status) {}

    /** The type of an event; empty for what is none. */
    public static String type(byte[] event) {
        try {
            JsonCursor cursor = new JsonCursor(event, 0, event.length);
            cursor.enterObject();
            while (cursor.nextMember()) {
                if (cursor.keyIs(TYPE)) {
                    return cursor.kind() == '"' ? cursor.string() : "";
                }
            }
        } catch (MalformedJson malformed) {
            return "";
        }
        return "";
    }

    /** Reads {@code response.done}. */
    public static Done done(byte[] event) {
        Optional<Json> whole = parse(event);
        Optional<Json> response = whole.flatMap(it -> it.get("response"));
        return new Done(
                response.flatMap(RealtimeEvents::usage)
                        .or(() -> whole.flatMap(RealtimeEvents::usage)),
                response.flatMap(it -> text(it, "status")));
    }

    /**
     * Reads {@code conversation.item.input_audio_transcription.completed}; empty: it says nothing
     * of what it used. Where it counts seconds, there are no tokens.
     */
    public static Optional<Done> transcribed(byte[] event) {
        return parse(event)
                .filter(it -> it.get("usage").filter(Json::isObject).isPresent())
                .map(it -> new Done(usage(it), Optional.empty()));
    }

    /** The model that writes down what is heard, as {@code session.updated} tells. */
    public static Optional<String> transcriber(byte[] event) {
        Optional<Json> session = parse(event).flatMap(it -> it.get("session"));
        return session.flatMap(it -> it.get("audio"))
                .flatMap(it -> it.get("input"))
                .flatMap(it -> it.get("transcription"))
                .or(() -> session.flatMap(it -> it.get("input_audio_transcription")))
                .flatMap(it -> text(it, MODEL));
    }

    /** The model that {@code session.created} or {@code session.updated} tells. */
    public static Optional<String> model(byte[] event) {
        return parse(event).flatMap(it -> it.get("session")).flatMap(it -> text(it, MODEL));
    }

    private static Optional<Json> parse(byte[] event) {
        try {
            return Optional.of(Json.parse(event));
        } catch (MalformedJson malformed) {
            return Optional.empty();
        }
    }

    private static Optional<String> text(Json object, String name) {
        return object.get(name).filter(Json::isString).map(Json::text);
    }

    private static Optional<Usage> usage(Json object) {
        Optional<Json> usage = object.get("usage").filter(Json::isObject);
        if (usage.isEmpty() || usage.get().get("input_tokens").isEmpty()) {
            return Optional.empty();
        }
        Json said = usage.get();
        Json in = said.get("input_token_details").orElse(Json.EMPTY_OBJECT);
        Json out = said.get("output_token_details").orElse(Json.EMPTY_OBJECT);
        return Optional.of(
                new Usage(
                        count(said, "input_tokens"),
                        count(in, "cached_tokens"),
                        0,
                        count(in, "audio_tokens"),
                        count(in, "image_tokens"),
                        count(said, "output_tokens"),
                        count(out, "reasoning_tokens"),
                        count(out, "audio_tokens"),
                        0));
    }

    private static long count(Json object, String name) {
        return object.get(name)
                .filter(it -> it.kind() == Json.Kind.NUMBER)
                .map(it -> Math.max(0, it.whole()))
                .orElse(0L);
    }

    /**
     * A {@code session.update} with the provider's names of models: that of the conversation, and
     * that which writes down what is heard.
     */
    public static byte[] renamed(byte[] event, UnaryOperator<String> models) {
        JsonEdit edit = new JsonEdit(event, 0, event.length);
        try {
            new TextMembers(
                            event,
                            List.of(MODEL),
                            (at, _, from, to) -> {
                                String asked = JsonText.decode(event, from + 1, to - 1);
                                String sent = models.apply(asked);
                                if (isModel(at) && !sent.equals(asked)) {
                                    edit.replace(from, to, JsonText.quoted(sent));
                                }
                            })
                    .read(0, event.length);
        } catch (MalformedJson malformed) {
            return event;
        }
        return edit.apply();
    }

    /** {@code session.model}, {@code session.audio.input.transcription.model} and older forms. */
    private static boolean isModel(TextMembers at) {
        return at.isUnder(1, SESSION)
                && (at.depth() == 2
                        || at.isUnder(at.depth() - 1, TRANSCRIPTION)
                        || at.isUnder(at.depth() - 1, INPUT_AUDIO_TRANSCRIPTION));
    }

    /** The event that tells a client of an error. */
    public static String error(GatewayError error, String requestId) {
        String body =
                new String(
                        ErrorShapes.body(Shape.OPENAI, error, requestId), StandardCharsets.UTF_8);
        return "{\"type\":\"error\",\"event_id\":"
                + Json.of("event_" + requestId)
                + ","
                + body.substring(1);
    }
}
