package io.fairlead.protocol.gemini;

import io.fairlead.protocol.codec.Arguments;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.json.JsonString;
import io.fairlead.protocol.model.Foreign;
import io.fairlead.protocol.model.Media;
import io.fairlead.protocol.model.Media.Source;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Reasoning;
import io.fairlead.protocol.model.Refusal;
import io.fairlead.protocol.model.Seal;
import io.fairlead.protocol.model.Text;
import io.fairlead.protocol.model.ToolCall;
import io.fairlead.protocol.model.ToolResult;

import org.jspecify.annotations.Nullable;

import java.util.Optional;

/**
 * Writes parts, for Google or for a client of Google's. The two differ in opaque state: Google gets
 * only its own, a client that of every provider; and in arguments that are empty, which Google may
 * miss and clients must not. Immutable.
 *
 * @param forClient who reads it
 * @param names whether files may have names (Vertex)
 */
record PartWriter(boolean forClient, boolean names) {
    static final String NO_ID = "id:none";
    static final String NO_ARGUMENTS = "args:none";

    /** Null if Google has no word for it. */
    @Nullable JsonObject write(Part part, CallIds ids) {
        Spelling spelling = new Spelling(part.marks().beside());
        JsonObject object = new JsonObject();
        switch (part) {
            case Text text -> object.put("text", text.words());
            case Refusal refusal -> object.put("text", refusal.text());
            case Reasoning reasoning -> {
                if (!reasoning.content().isEmpty() || !reasoning.summary().isEmpty()) {
                    object.put("text", reasoning.text());
                }
                object.put("thought", true);
            }
            case Media media -> {
                if (!media(media, object, spelling)) {
                    return null;
                }
            }
            case ToolCall call -> {
                ids.ofCall(Optional.of(call.id()), call.name());
                call(call, object, spelling);
            }
            case ToolResult result -> new ResultWriter(this, ids).write(result, object, spelling);
            case Foreign foreign -> {
                return foreign.origin() == ProtoFields.ORIGIN ? raw(foreign) : null;
            }
        }
        signature(part, object, spelling);
        spelling.rest(object);
        return object;
    }

    private static JsonObject raw(Foreign foreign) {
        JsonObject object = new JsonObject();
        foreign.raw().members().forEach(member -> object.put(member.name(), member.value()));
        return object;
    }

    private void signature(Part part, JsonObject object, Spelling spelling) {
        Optional<Seal> seal = part.marks().seal();
        if (seal.isPresent() && (forClient || seal.get().owner().equals(Seal.GOOGLE))) {
            object.put(spelling.name("thoughtSignature"), Signatures.ofSeal(seal.get()));
        }
    }

    private void call(ToolCall call, JsonObject object, Spelling spelling) {
        JsonObject body = spelling.object(object, "functionCall");
        if (!call.id().isEmpty() && !spelling.form(NO_ID)) {
            body.put("id", call.id());
        }
        body.put("name", call.name());
        boolean empty = call.arguments().isBlank();
        if (!empty || (forClient && !spelling.form(NO_ARGUMENTS))) {
            body.put("args", Arguments.object(call.arguments()));
        }
    }

    private static JsonString data(JsonString base64, Spelling spelling) {
        boolean urlSafe = spelling.form(Base64Forms.URL_SAFE);
        boolean unpadded = spelling.form(Base64Forms.UNPADDED);
        if (!urlSafe && !unpadded) {
            return base64;
        }
        String data = urlSafe ? Base64Forms.urlSafe(base64.text()) : base64.text();
        return JsonString.of(unpadded ? Base64Forms.unpadded(data) : data);
    }

    private boolean media(Media media, JsonObject object, Spelling spelling) {
        switch (media.source()) {
            case Source.Inline inline -> {
                JsonObject blob = spelling.object(object, "inlineData");
                if (!inline.mediaType().isEmpty()) {
                    blob.put(spelling.name("mimeType"), inline.mediaType());
                }
                blob.put("data", data(inline.data(), spelling));
                name(media, blob, spelling);
            }
            case Source.Url(String url, Optional<String> type) -> file(media, url, type, object);
            case Source.FileId(String id, Optional<String> type) -> file(media, id, type, object);
            case Source.PlainText(String text) -> object.put("text", text);
            case Source.Parts ignored -> {
                return false;
            }
        }
        return true;
    }

    private void file(Media media, String uri, Optional<String> type, JsonObject object) {
        Spelling spelling = new Spelling(media.marks().beside());
        JsonObject file = spelling.object(object, "fileData");
        spelling.put(file, "mimeType", type);
        file.put(spelling.name("fileUri"), uri);
        name(media, file, spelling);
    }

    private void name(Media media, JsonObject data, Spelling spelling) {
        if (names || !media.marks().beside().isEmpty()) {
            spelling.put(data, "displayName", media.name());
        }
    }
}
