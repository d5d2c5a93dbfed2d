package io.fairlead.protocol.gemini;

import io.fairlead.protocol.codec.AnswerContext;
import io.fairlead.protocol.json.JsonArray;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.model.ChatAnswer;
import io.fairlead.protocol.model.Choice;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Reasoning;
import io.fairlead.protocol.model.Text;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Writes whole answers for clients. Stateless: any thread. */
final class AnswerWriter {
    private static final PartWriter PARTS = new PartWriter(true, true);

    private AnswerWriter() {}

    static byte[] write(ChatAnswer answer, AnswerContext context) {
        JsonObject body = new JsonObject();
        Spelling spelling = new Spelling(answer.beside());
        boolean own = answer.beside().origin().filter(ProtoFields.ORIGIN::equals).isPresent();
        if (!spelling.form(AnswerReader.BLOCKED)) {
            JsonArray candidates = new JsonArray();
            for (Choice choice : answer.choices()) {
                candidates.add(candidate(choice));
            }
            if (!candidates.isEmpty()) {
                body.put("candidates", candidates);
            }
        }
        answer.usage().ifPresent(usage -> GeminiUsage.write(usage, body));
        text(body, "modelVersion", answer.model(), context.model(), own);
        text(body, "responseId", answer.id(), context.id(), own);
        spelling.rest(body);
        if (answer.created().isPresent() && !body.has("createTime")) {
            body.put("createTime", Instant.ofEpochSecond(answer.created().get()).toString());
        }
        return body.toBytes();
    }

    private static void text(JsonObject body, String name, String text, String other, boolean own) {
        if (!text.isEmpty()) {
            body.put(name, text);
        } else if (!own) {
            body.put(name, other);
        }
    }

    private static JsonObject candidate(Choice choice) {
        Spelling spelling = new Spelling(choice.beside());
        CallIds ids = new CallIds("");
        List<JsonObject> parts = new ArrayList<>();
        for (Part part : choice.parts()) {
            List<? extends Part> ones =
                    part instanceof Reasoning reasoning ? reasoning.apart() : List.of(part);
            for (Part one : ones) {
                JsonObject written = PARTS.write(one, ids);
                if (written != null) {
                    parts.add(written);
                }
            }
        }
        JsonObject candidate = Candidates.write(choice.index(), parts, spelling);
        choice.finish().ifPresent(finish -> GeminiFinish.write(finish, candidate, spelling));
        spelling.rest(candidate);
        for (Part part : choice.parts()) {
            if (part instanceof Text text && !text.citations().isEmpty()) {
                Grounding.write(text.citations(), new Utf8Places(text.text()), candidate);
            }
        }
        LogProbs.write(choice.logProbs(), candidate);
        return candidate;
    }
}
