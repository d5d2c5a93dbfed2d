package io.fairlead.protocol.responses;

import io.fairlead.protocol.json.JsonArray;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.Foreign;
import io.fairlead.protocol.model.Media;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Reasoning;
import io.fairlead.protocol.model.Refusal;
import io.fairlead.protocol.model.Seal;
import io.fairlead.protocol.model.Text;
import io.fairlead.protocol.model.TokenLogProb;
import io.fairlead.protocol.model.ToolCall;
import io.fairlead.protocol.model.ToolResult;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes the output items of one answer. Confined to one thread. */
final class AnswerItems {
    static final String COMPLETED = "completed";

    private final ItemIds ids;
    private final JsonArray items;
    private List<TokenLogProb> logProbs;

    AnswerItems(ItemIds ids, JsonArray items, List<TokenLogProb> logProbs) {
        this.ids = ids;
        this.items = items;
        this.logProbs = logProbs;
    }

    void add(List<Part> parts) {
        List<Part> message = new ArrayList<>();
        for (Part part : parts) {
            boolean words = ContentWriter.inMessage(part) && !(part instanceof Media);
            if (!words || Wire.isFirst(part.marks().beside())) {
                flush(message);
            }
            if (words) {
                message.add(part);
                if (part.marks().seal().isPresent()) {
                    flush(message);
                    carrier(part);
                }
            } else {
                item(part);
            }
        }
        flush(message);
    }

    private void flush(List<Part> message) {
        if (message.isEmpty()) {
            return;
        }
        Beside beside = Wire.message(message.getFirst().marks().beside());
        JsonObject item = new JsonObject().put("type", "message");
        if (!Wire.own(beside)) {
            item.put("id", ids.next("msg_")).put("status", COMPLETED);
        }
        String role = Wire.word(beside, "role:");
        item.put("role", role.isEmpty() ? "assistant" : role);
        if (Wire.form(beside, "content:text") && message.getFirst() instanceof Text text) {
            item.put("content", text.words());
        } else {
            item.put("content", content(message));
        }
        item.merge(beside.of(Wire.SELF));
        items.add(item);
        message.clear();
    }

    private JsonArray content(List<Part> message) {
        JsonArray content = new JsonArray();
        for (Part part : message) {
            boolean foreign = part instanceof Text && !Wire.own(part.marks().beside());
            if (foreign && !logProbs.isEmpty()) {
                JsonObject text =
                        new JsonObject()
                                .put("type", "output_text")
                                .put("text", ((Text) part).words())
                                .put("annotations", Annotations.write(((Text) part).citations()))
                                .put("logprobs", LogProbs.write(logProbs));
                logProbs = List.of();
                content.add(text);
            } else {
                ContentWriter.part(content, part, true, true);
            }
        }
        return content;
    }

    private void item(Part part) {
        switch (part) {
            case ToolCall call -> {
                items.add(call(call));
                if (call.marks().seal().isPresent()) {
                    carrier(call);
                }
            }
            case Reasoning reasoning -> items.add(reasoning(reasoning));
            case Foreign foreign -> {
                if (foreign.origin() == Wire.SELF) {
                    items.add(ItemWriter.raw(foreign));
                }
            }
            case Media media -> image(media);
            case Text ignored -> {}
            case Refusal ignored -> {}
            case ToolResult ignored -> {}
        }
    }

    private void carrier(Part part) {
        Seal seal = part.marks().seal().orElseThrow();
        items.add(Carriers.item(ids.next("rs_"), seal, part));
    }

    private JsonObject call(ToolCall call) {
        JsonObject item = ItemWriter.call(call);
        if (!Wire.own(call.marks().beside())) {
            String id = ids.next(call.custom() ? "ctc_" : "fc_");
            item.put("id", id).put("status", COMPLETED);
            if (call.id().isEmpty()) {
                item.put("call_id", id);
            }
        }
        return item;
    }

    private JsonObject reasoning(Reasoning reasoning) {
        if (Wire.own(reasoning.marks().beside())) {
            return ItemWriter.reasoning(reasoning);
        }
        return reasoning(ids.next("rs_"), reasoning);
    }

    /** Thoughts of another provider: clients show the summary, so there they are. */
    static JsonObject reasoning(String id, Reasoning reasoning) {
        boolean both = !reasoning.content().isEmpty() && !reasoning.summary().isEmpty();
        List<String> summary =
                reasoning.summary().isEmpty() ? reasoning.content() : reasoning.summary();
        Optional<Seal> seal = reasoning.marks().seal();
        JsonObject item =
                new JsonObject()
                        .put("type", "reasoning")
                        .put("id", seal.filter(ItemIds::known).flatMap(Seal::id).orElse(id))
                        .put("summary", ItemWriter.sections(summary, "summary_text"));
        if (both) {
            item.put("content", ItemWriter.sections(reasoning.content(), "reasoning_text"));
        }
        return item.put("encrypted_content", seal.map(s -> Sealing.pack(s, reasoning)));
    }

    private void image(Media media) {
        if (media.kind() == Media.Kind.IMAGE
                && media.source() instanceof Media.Source.Inline inline) {
            items.add(ImageItems.write(ids.next("ig_"), media, inline));
        }
    }
}
