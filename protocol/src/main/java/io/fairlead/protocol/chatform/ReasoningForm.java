package io.fairlead.protocol.chatform;

import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonArray;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.Foreign;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Reasoning;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Thoughts in a message, in the three spellings of this family: {@code reasoning_content}, {@code
 * reasoning} and {@code reasoning_details}. The same thoughts may stand in several. Immutable: any
 * thread.
 */
final class ReasoningForm {
    static final String CONTENT = "reasoning_content";
    static final String PLAIN = "reasoning";
    static final String DETAILS = "reasoning_details";

    /** The text holds the sections with nothing between them. */
    private static final String RUN_ON = "reasoning:run-on";

    private final Dialect dialect;
    private final DetailForm details;

    ReasoningForm(Dialect dialect) {
        this.dialect = dialect;
        this.details = new DetailForm(dialect);
    }

    /**
     * Reads what stands in a message.
     *
     * @param calls of the message; what vouches for one of them is put on it
     * @param holder to remember the forms
     */
    List<Part> read(Fields message, List<Part> calls, Fields holder) {
        List<Part> parts = new ArrayList<>();
        if (Own.list(message, DETAILS).isPresent()) {
            for (Fields detail : message.objects(DETAILS)) {
                details.read(detail, parts, calls);
            }
            holder.form(DETAILS);
        }
        said(message, PLAIN, parts, holder);
        said(message, CONTENT, parts, holder);
        return parts;
    }

    /** A text that says what is known already is one more form of it; another one is the rest. */
    private static void said(Fields message, String name, List<Part> parts, Fields holder) {
        Optional<Json> value = message.peek(name).filter(v -> !v.is(""));
        if (value.isEmpty()) {
            return;
        }
        if (!value.get().isString()) {
            Own.wrong(message, name, "a string");
            return;
        }
        String text = value.get().text();
        String known = runOn(parts);
        if (known.isEmpty()) {
            lend(text, parts);
        } else if (known.equals(text)) {
            holder.form(RUN_ON);
        } else if (!joined(parts).equals(text)) {
            // The details hold other thoughts than the text: they are the better witness.
            return;
        }
        message.take(name);
        holder.form(name);
    }

    private static void lend(String text, List<Part> parts) {
        // A signature without a word, as the last piece of a stream has it: the text is its own.
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i) instanceof Reasoning silent && DetailForm.vouches(silent)) {
                parts.set(i, new Reasoning(List.of(text), List.of(), silent.marks()));
                return;
            }
        }
        parts.addFirst(Reasoning.of(text));
    }

    private static String runOn(List<Part> parts) {
        StringBuilder text = new StringBuilder();
        for (Part part : parts) {
            if (part instanceof Reasoning reasoning) {
                (reasoning.content().isEmpty() ? reasoning.summary() : reasoning.content())
                        .forEach(text::append);
            }
        }
        return text.toString();
    }

    private static String joined(List<Part> parts) {
        StringBuilder text = new StringBuilder();
        for (Part part : parts) {
            if (part instanceof Reasoning reasoning && !reasoning.text().isEmpty()) {
                text.append(text.isEmpty() ? "" : "\n\n").append(reasoning.text());
            }
        }
        return text.toString();
    }

    /**
     * Writes the thoughts of a message.
     *
     * @param forms of the message
     */
    void write(List<Part> parts, Beside forms, JsonObject message) {
        List<Part> thoughts = thoughts(parts);
        boolean own = forms.form(dialect.protocol(), DETAILS);
        boolean plain = forms.form(dialect.protocol(), PLAIN);
        boolean content = forms.form(dialect.protocol(), CONTENT);
        if (!thoughts.isEmpty()) {
            String text =
                    forms.form(dialect.protocol(), RUN_ON) ? runOn(thoughts) : joined(thoughts);
            if (!plain && !content && !own && !text.isEmpty()) {
                message.put(dialect.reasoning().member(), text);
            }
            if (plain) {
                message.put(PLAIN, text);
            }
            if (content) {
                message.put(CONTENT, text);
            }
        }
        JsonArray array = new JsonArray();
        boolean all = dialect.reasoning() == Dialect.ReasoningPlace.DETAILS;
        for (Part part : parts) {
            details.write(part, all, array);
        }
        if (!array.isEmpty()) {
            message.put(DETAILS, array);
        }
    }

    private List<Part> thoughts(List<Part> parts) {
        List<Part> thoughts = new ArrayList<>();
        for (Part part : parts) {
            if (part instanceof Reasoning reasoning
                    && dialect.reasoning() != Dialect.ReasoningPlace.PARTS
                    && !reasoning
                            .marks()
                            .beside()
                            .form(dialect.protocol(), PartReader.AMONG_PARTS)) {
                thoughts.add(part);
            }
        }
        return thoughts;
    }

    /** Whether this part is said among the details only. */
    static boolean isDetail(Foreign foreign) {
        return foreign.type().startsWith(DetailForm.FOREIGN);
    }
}
