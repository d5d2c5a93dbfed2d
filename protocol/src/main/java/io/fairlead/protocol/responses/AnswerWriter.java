package io.fairlead.protocol.responses;

import io.fairlead.protocol.codec.AnswerContext;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.model.ChatAnswer;
import io.fairlead.protocol.model.Choice;
import io.fairlead.protocol.model.Finish;
import io.fairlead.protocol.model.Refusal;

import java.util.List;
import java.util.Optional;

/** Writes whole answers. Stateless: any thread. */
final class AnswerWriter {
    private AnswerWriter() {}

    static JsonObject write(ChatAnswer answer, AnswerContext context) {
        boolean own = Wire.own(answer.beside());
        ItemIds ids = new ItemIds(context.id());
        // A response is one answer; alternatives are refused before they are made.
        Optional<Choice> choice = answer.choices().stream().findFirst();
        boolean refused =
                choice.stream()
                        .flatMap(it -> it.parts().stream())
                        .anyMatch(Refusal.class::isInstance);
        Optional<Finish> finish = ResponsesFinish.told(choice.flatMap(Choice::finish), refused);
        String id = answer.id().isEmpty() && !own ? ids.response() : answer.id();
        JsonObject body = new JsonObject();
        if (!id.isEmpty()) {
            body.put("id", id);
        }
        if (!own) {
            body.put("object", "response");
        }
        if (own) {
            body.put("created_at", answer.created());
            own(body, answer, finish);
        } else {
            body.put("created_at", answer.created().orElse(context.createdSeconds()));
            body.put("status", ResponsesFinish.status(finish));
            if (ResponsesFinish.status(finish).equals(ResponsesFinish.COMPLETED)) {
                body.put("completed_at", answer.created().orElse(context.createdSeconds()));
            }
            ResponsesFinish.details(body, finish);
            body.put("model", answer.model().isEmpty() ? context.model() : answer.model());
        }
        choice.ifPresent(c ->
                new AnswerItems(ids, body.array("output"), own ? List.of() : c.logProbs())
                        .add(c.parts()));
        answer.usage().ifPresent(usage -> body.put("usage", ResponsesUsage.write(usage)));
        body.put("service_tier", answer.serviceTier());
        body.merge(answer.beside().of(Wire.SELF));
        if (!own) {
            Echo.into(body, context.request());
        }
        return body;
    }

    private static void own(JsonObject body, ChatAnswer answer, Optional<Finish> finish) {
        if (!answer.model().isEmpty()) {
            body.put("model", answer.model());
        }
        if (finish.isPresent() && !answer.beside().of(Wire.SELF).containsKey("status")) {
            body.put("status", ResponsesFinish.status(finish));
        }
    }
}
