package io.fairlead.protocol.chatform;

import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonArray;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.model.Foreign;
import io.fairlead.protocol.model.Marks;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Reasoning;
import io.fairlead.protocol.model.Seal;
import io.fairlead.protocol.model.Text;
import io.fairlead.protocol.model.ToolCall;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One entry of {@code reasoning_details}: text with its signature, a summary, or what is encrypted.
 * Immutable: any thread.
 */
final class DetailForm {
    static final String TEXT = "reasoning.text";
    static final String SUMMARY = "reasoning.summary";
    static final String ENCRYPTED = "reasoning.encrypted";

    /** Before the type of a foreign part that stands among the details. */
    static final String FOREIGN = "reasoning_details:";

    private final Dialect dialect;
    private final CallForm callForm;

    DetailForm(Dialect dialect) {
        this.dialect = dialect;
        this.callForm = new CallForm(dialect);
    }

    void read(Fields detail, List<Part> parts, List<Part> calls) {
        String type = detail.text("type").orElse("");
        String owner = SealFormat.owner(detail.peek("format"));
        switch (type) {
            case TEXT -> {
                String text = detail.text("text").orElse("");
                Optional<Seal> seal =
                        Own.words(detail, "signature").map(data -> Seal.signature(owner, data));
                parts.add(new Reasoning(texts(text), List.of(), marks(seal, detail)));
            }
            case SUMMARY -> summary(detail, parts);
            case ENCRYPTED -> encrypted(detail, owner, parts, calls);
            default -> parts.add(Foreign.of(dialect.protocol(), FOREIGN + type, detail.whole()));
        }
    }

    private void summary(Fields detail, List<Part> parts) {
        Optional<String> id = id(detail);
        String text = detail.text("summary").orElse("");
        if (id.isPresent()
                && !parts.isEmpty()
                && parts.getLast() instanceof Reasoning before
                && before.marks().seal().isEmpty()
                && before.content().isEmpty()
                && idOf(before.marks().beside().of(dialect.protocol())).equals(id)) {
            List<String> sections = new ArrayList<>(before.summary());
            sections.add(text);
            parts.removeLast();
            parts.add(new Reasoning(List.of(), sections, before.marks()));
            return;
        }
        parts.add(new Reasoning(List.of(), texts(text), marks(Optional.empty(), detail)));
    }

    private void encrypted(Fields detail, String owner, List<Part> parts, List<Part> calls) {
        Optional<String> data = detail.text("data");
        if (data.isEmpty()) {
            parts.add(Foreign.of(dialect.protocol(), FOREIGN + ENCRYPTED, detail.whole()));
            return;
        }
        Optional<String> id = detail.text("id");
        if (id.isPresent() && sealsCall(id.get(), Seal.signature(owner, data.get()), calls)) {
            return;
        }
        Seal seal = new Seal(SealFormat.kind(owner), owner, data.get(), id);
        if (id.isPresent()
                && !parts.isEmpty()
                && parts.getLast() instanceof Reasoning before
                && before.marks().seal().isEmpty()
                && idOf(before.marks().beside().of(dialect.protocol())).equals(id)) {
            parts.removeLast();
            parts.add(before.withMarks(before.marks().withSeal(Optional.of(seal))));
            return;
        }
        parts.add(new Reasoning(List.of(), List.of(), marks(Optional.of(seal), detail)));
    }

    private static boolean sealsCall(String id, Seal seal, List<Part> calls) {
        for (int i = 0; i < calls.size(); i++) {
            if (calls.get(i) instanceof ToolCall call
                    && call.id().equals(id)
                    && call.marks().seal().isEmpty()) {
                calls.set(i, call.withMarks(call.marks().withSeal(Optional.of(seal))));
                return true;
            }
        }
        return false;
    }

    private static List<String> texts(String text) {
        return text.isEmpty() ? List.of() : List.of(text);
    }

    private static Optional<String> id(Fields detail) {
        return detail.peek("id").filter(Json::isString).map(Json::text);
    }

    private static Optional<String> idOf(Map<String, Json> members) {
        return Optional.ofNullable(members.get("id")).filter(Json::isString).map(Json::text);
    }

    private Marks marks(Optional<Seal> seal, Fields detail) {
        detail.form(ReasoningForm.DETAILS);
        return Marks.of(seal, detail.rest(dialect.protocol()));
    }

    /** Whether the part has a signature but none of the words it vouches for. */
    static boolean vouches(Reasoning reasoning) {
        return reasoning.text().isEmpty()
                && reasoning
                        .marks()
                        .seal()
                        .filter(s -> s.kind() == Seal.Kind.SIGNATURE)
                        .isPresent();
    }

    /**
     * Writes what of this part belongs among the details.
     *
     * @param all also thoughts without a seal
     */
    void write(Part part, boolean all, JsonArray array) {
        switch (part) {
            case Reasoning reasoning -> {
                boolean own =
                        reasoning.marks().beside().form(dialect.protocol(), ReasoningForm.DETAILS);
                boolean amongParts = dialect.reasoning() == Dialect.ReasoningPlace.PARTS;
                if (own || all || !amongParts && reasoning.marks().seal().isPresent()) {
                    reasoning(reasoning, array);
                }
            }
            case ToolCall call -> {
                if (call.marks().seal().isPresent() && !callForm.holdsSeal(call)) {
                    sealed(call.marks().seal().get(), Optional.of(call.id()), array.size(), array);
                }
            }
            case Text text -> {
                if (text.marks().seal().isPresent()) {
                    sealed(text.marks().seal().get(), Optional.empty(), array.size(), array);
                }
            }
            case Foreign foreign -> {
                if (foreign.origin() == dialect.protocol() && ReasoningForm.isDetail(foreign)) {
                    array.add(foreign.raw());
                }
            }
            default -> {}
        }
    }

    private void reasoning(Reasoning reasoning, JsonArray array) {
        Map<String, Json> rest = reasoning.marks().beside().of(dialect.protocol());
        Optional<Seal> seal = reasoning.marks().seal();
        Optional<String> id = seal.flatMap(Seal::id).or(() -> idOf(rest));
        long index = array.size();
        boolean signed = seal.filter(s -> signs(s, reasoning)).isPresent();
        for (String section : reasoning.summary()) {
            entry(SUMMARY, seal, id, rest, index, array.addObject().put("summary", section));
        }
        boolean silent = reasoning.content().isEmpty() && reasoning.summary().isEmpty();
        if (!reasoning.content().isEmpty() || silent && (signed || seal.isEmpty())) {
            JsonObject entry = array.addObject();
            entry.put("text", String.join("\n\n", reasoning.content()));
            if (signed) {
                entry.put("signature", seal.get().data());
            }
            entry(TEXT, seal, id, rest, index, entry);
        }
        if (seal.isPresent() && !signed) {
            JsonObject entry = array.addObject().put("data", seal.get().data());
            entry(ENCRYPTED, seal, id, rest, index, entry);
        }
    }

    /** Google's signature without a thought has no text to stand beside. */
    private static boolean signs(Seal seal, Reasoning reasoning) {
        return seal.kind() == Seal.Kind.SIGNATURE
                && !(seal.owner().equals(Seal.GOOGLE) && reasoning.text().isEmpty());
    }

    private static void entry(
            String type,
            Optional<Seal> seal,
            Optional<String> id,
            Map<String, Json> rest,
            long index,
            JsonObject entry) {
        entry.put("type", type).put("id", id);
        entry.merge(rest);
        if (rest.isEmpty()) {
            entry.put("format", seal.map(s -> SealFormat.format(s.owner())));
            entry.put("index", index);
        }
    }

    /** State that belongs to a part which is said elsewhere; the id tells to which. */
    static void sealed(Seal seal, Optional<String> id, long index, JsonArray array) {
        array.addObject()
                .put("type", ENCRYPTED)
                .put("id", id)
                .put("data", seal.data())
                .put("format", SealFormat.format(seal.owner()))
                .put("index", index);
    }

    /**
     * The seal at the end of a stream of thoughts. Where the thoughts went out as plain text it
     * brings them once more: whoever gives back the details gives back what the seal vouches for.
     *
     * @param told whether the thoughts stood in details already
     */
    static void streamed(Reasoning whole, Seal seal, boolean told, long index, JsonArray array) {
        String format = SealFormat.format(seal.owner());
        if (signs(seal, whole)) {
            JsonObject entry = array.addObject().put("type", TEXT);
            entry.put("text", told ? "" : whole.text()).put("signature", seal.data());
            entry.put("format", format).put("index", index);
            return;
        }
        if (!whole.text().isEmpty() && !told) {
            JsonObject entry = array.addObject().put("type", SUMMARY);
            entry.put("summary", whole.text()).put("id", seal.id());
            entry.put("format", format).put("index", index);
        }
        sealed(seal, seal.id(), index, array);
    }
}
