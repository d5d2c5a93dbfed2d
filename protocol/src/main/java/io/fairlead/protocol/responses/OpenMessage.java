package io.fairlead.protocol.responses;

import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonArray;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.model.Citation;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Refusal;
import io.fairlead.protocol.model.Seal;
import io.fairlead.protocol.model.StreamEvent.Growth;
import io.fairlead.protocol.model.Text;
import io.fairlead.protocol.model.TokenLogProb;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A message item that is being written, with its content parts. Confined to one thread. */
final class OpenMessage {
    private final OutputItems items;
    private final int index;
    private final String id;
    private final Map<Integer, Json> contents = new TreeMap<>();
    private int parts;
    private int open;
    private boolean closing;

    OpenMessage(OutputItems items, int index, String id) {
        this.items = items;
        this.index = index;
        this.id = id;
        items.added(index, item("in_progress"));
    }

    private JsonObject item(String status) {
        JsonObject item =
                new JsonObject()
                        .put("id", id)
                        .put("type", "message")
                        .put("status", status)
                        .put("role", "assistant");
        JsonArray content = item.array("content");
        contents.values().forEach(content::add);
        return item;
    }

    OpenPart text(Text head) {
        OpenText text = new OpenText(parts++, head);
        begin(text.number, text.part(""));
        text.say(head.text());
        head.citations().forEach(text::cite);
        return text;
    }

    OpenPart refusal(Refusal head) {
        OpenRefusal refusal = new OpenRefusal(parts++);
        begin(refusal.number, refusal.part(""));
        refusal.say(head.text());
        return refusal;
    }

    private void begin(int number, JsonObject part) {
        open++;
        send(EventType.PART_ADDED, place(EventType.PART_ADDED, number).put("part", part));
    }

    private JsonObject place(String type, int number) {
        return items.emitter()
                .message(type)
                .put("item_id", id)
                .put("output_index", index)
                .put("content_index", number);
    }

    private void send(String type, JsonObject message) {
        items.emitter().send(type, message);
    }

    private void ended(int number, JsonObject part, Optional<Seal> seal, Part head) {
        Json json = part.toJson();
        contents.put(number, json);
        send(EventType.PART_DONE, place(EventType.PART_DONE, number).put("part", json));
        open--;
        if (closing && open == 0) {
            finish();
        }
        seal.ifPresent(s -> items.carrier(s, head));
    }

    void close() {
        closing = true;
        if (open == 0) {
            finish();
        }
    }

    private void finish() {
        items.done(index, item(AnswerItems.COMPLETED));
    }

    private final class OpenText implements OpenPart {
        private final int number;
        private final Text head;
        private final StringBuilder text = new StringBuilder();
        private final List<Citation> citations = new ArrayList<>();
        private final List<TokenLogProb> logProbs = new ArrayList<>();
        private Optional<Seal> seal;

        OpenText(int number, Text head) {
            this.number = number;
            this.head = head;
            seal = head.marks().seal();
        }

        JsonObject part(String words) {
            return new JsonObject()
                    .put("type", "output_text")
                    .put("text", words)
                    .put("annotations", Annotations.write(citations))
                    .put("logprobs", LogProbs.write(logProbs));
        }

        void say(String more) {
            if (more.isEmpty()) {
                return;
            }
            text.append(more);
            List<TokenLogProb> known = items.takeLogProbs();
            logProbs.addAll(known);
            send(
                    EventType.TEXT_DELTA,
                    place(EventType.TEXT_DELTA, number)
                            .put("delta", more)
                            .put("logprobs", LogProbs.write(known)));
        }

        void cite(Citation citation) {
            send(
                    EventType.ANNOTATION,
                    place(EventType.ANNOTATION, number)
                            .put("annotation_index", citations.size())
                            .put("annotation", Annotations.writeOne(citation)));
            citations.add(citation);
        }

        @Override
        public void grow(Growth growth) {
            switch (growth) {
                case Growth.MoreText(String more) -> say(more);
                case Growth.Cited(Citation citation) -> cite(citation);
                case Growth.Sealed(Seal now) -> seal = Optional.of(now);
                case Growth.MoreReasoning ignored -> {}
                case Growth.MoreArguments ignored -> {}
                case Growth.MoreMedia ignored -> {}
                case Growth.MoreForeign ignored -> {}
            }
        }

        @Override
        public void end() {
            logProbs.addAll(items.takeLogProbs());
            send(
                    EventType.TEXT_DONE,
                    place(EventType.TEXT_DONE, number)
                            .put("text", text.toString())
                            .put("logprobs", LogProbs.write(logProbs)));
            ended(number, part(text.toString()), seal, head);
        }
    }

    private final class OpenRefusal implements OpenPart {
        private final int number;
        private final StringBuilder text = new StringBuilder();

        OpenRefusal(int number) {
            this.number = number;
        }

        JsonObject part(String words) {
            return new JsonObject().put("type", "refusal").put("refusal", words);
        }

        void say(String more) {
            if (!more.isEmpty()) {
                text.append(more);
                JsonObject event = place(EventType.REFUSAL_DELTA, number).put("delta", more);
                send(EventType.REFUSAL_DELTA, event);
            }
        }

        @Override
        public void grow(Growth growth) {
            if (growth instanceof Growth.MoreText(String more)) {
                say(more);
            }
        }

        @Override
        public void end() {
            String words = text.toString();
            JsonObject event = place(EventType.REFUSAL_DONE, number).put("refusal", words);
            send(EventType.REFUSAL_DONE, event);
            ended(number, part(words), Optional.empty(), Refusal.of(words));
        }
    }
}
