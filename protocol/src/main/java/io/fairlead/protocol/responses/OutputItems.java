package io.fairlead.protocol.responses;

import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonArray;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.model.Foreign;
import io.fairlead.protocol.model.Media;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Reasoning;
import io.fairlead.protocol.model.Refusal;
import io.fairlead.protocol.model.Seal;
import io.fairlead.protocol.model.StreamEvent.Growth;
import io.fairlead.protocol.model.Text;
import io.fairlead.protocol.model.TokenLogProb;
import io.fairlead.protocol.model.ToolCall;
import io.fairlead.protocol.model.ToolResult;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The output items of a streamed answer, from their first to their last message. Confined. */
final class OutputItems {
    private final Emitter emitter;
    private final ItemIds ids;
    private final Map<Integer, Json> done = new TreeMap<>();
    private List<TokenLogProb> logProbs = new ArrayList<>();
    private @org.jspecify.annotations.Nullable OpenMessage message;
    private int next;

    OutputItems(Emitter emitter, ItemIds ids) {
        this.emitter = emitter;
        this.ids = ids;
    }

    Emitter emitter() {
        return emitter;
    }

    /** Log probabilities that belong to the next piece of text. */
    void logProbs(List<TokenLogProb> more) {
        logProbs.addAll(more);
    }

    List<TokenLogProb> takeLogProbs() {
        List<TokenLogProb> taken = logProbs;
        if (!taken.isEmpty()) {
            logProbs = new ArrayList<>();
        }
        return taken;
    }

    /** Begins a part; empty if this protocol has no item for it. */
    Optional<OpenPart> begin(Part head) {
        switch (head) {
            case Text text -> {
                return Optional.of(message().text(text));
            }
            case Refusal refusal -> {
                return Optional.of(message().refusal(refusal));
            }
            case ToolCall call -> {
                close();
                return Optional.of(new OpenCall(this, next++, call, id(call)));
            }
            case Reasoning reasoning -> {
                close();
                return Optional.of(new OpenThought(this, next++, reasoning, ids.next("rs_")));
            }
            case Media media -> {
                return image(media);
            }
            case Foreign foreign -> {
                if (foreign.origin() != Wire.SELF) {
                    return Optional.empty();
                }
                close();
                return Optional.of(raw(foreign));
            }
            case ToolResult ignored -> {
                return Optional.empty();
            }
        }
    }

    private String id(ToolCall call) {
        return ids.next(call.custom() ? "ctc_" : "fc_");
    }

    private OpenMessage message() {
        if (message == null) {
            message = new OpenMessage(this, next++, ids.next("msg_"));
        }
        return message;
    }

    /** No more parts come to the message that is open; it ends when all its parts have. */
    void close() {
        if (message != null) {
            OpenMessage closing = message;
            message = null;
            closing.close();
        }
    }

    void added(int index, JsonObject item) {
        JsonObject event = emitter.message(EventType.ITEM_ADDED).put("output_index", index);
        emitter.send(EventType.ITEM_ADDED, event.put("item", item));
    }

    void done(int index, JsonObject item) {
        JsonObject event = emitter.message(EventType.ITEM_DONE).put("output_index", index);
        Json json = item.toJson();
        done.put(index, json);
        emitter.send(EventType.ITEM_DONE, event.put("item", json));
    }

    /** The seal of a part that has no place for one, in an item of its own behind it. */
    void carrier(Seal seal, Part part) {
        close();
        int index = next++;
        JsonObject item = Carriers.item(ids.next("rs_"), seal, part);
        added(index, item);
        done(index, item);
    }

    JsonArray output() {
        JsonArray output = new JsonArray();
        done.values().forEach(output::add);
        return output;
    }

    private Optional<OpenPart> image(Media media) {
        if (media.kind() != Media.Kind.IMAGE
                || !(media.source() instanceof Media.Source.Inline source)) {
            return Optional.empty();
        }
        close();
        int index = next++;
        String id = ids.next("ig_");
        JsonObject head =
                new JsonObject()
                        .put("type", ImageItems.TYPE)
                        .put("id", id)
                        .put("status", "in_progress");
        added(index, head.putNull("result"));
        StringBuilder base64 = new StringBuilder(source.base64());
        return Optional.of(
                new OpenPart() {
                    @Override
                    public void grow(Growth growth) {
                        if (growth instanceof Growth.MoreMedia(String more)) {
                            base64.append(more);
                        }
                    }

                    @Override
                    public void end() {
                        Media.Source.Inline whole =
                                new Media.Source.Inline(source.mediaType(), base64.toString());
                        done(index, ImageItems.write(id, media, whole));
                    }
                });
    }

    private OpenPart raw(Foreign foreign) {
        int index = next++;
        added(index, ItemWriter.raw(foreign));
        return new OpenPart() {
            private Json last = foreign.raw();

            @Override
            public void grow(Growth growth) {
                if (growth instanceof Growth.MoreForeign(Json raw)) {
                    last = raw;
                }
            }

            @Override
            public void end() {
                done(index, LiveItem.copy(last));
            }
        };
    }
}
