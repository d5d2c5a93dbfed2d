package io.fairlead.protocol.bedrock;

import static io.fairlead.protocol.bedrock.BedrockConverseProtocol.ORIGIN;

import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.model.ChatAnswer;
import io.fairlead.protocol.model.Choice;
import io.fairlead.protocol.model.Finish;
import io.fairlead.protocol.model.TokenUsage;

import java.util.Map;
import java.util.Optional;

/**
 * Writes answers of Converse. Of several choices only the first has a place. Stateless: any thread.
 */
final class AnswerWriter {
    private AnswerWriter() {}

    static byte[] write(ChatAnswer answer) {
        Map<String, Json> beside = answer.beside().of(ORIGIN);
        boolean own = answer.beside().origin().filter(ORIGIN::equals).isPresent();
        JsonObject root = new JsonObject();
        JsonObject message = root.object("output").object("message");
        message.put("role", "assistant");
        message.array("content");
        if (!answer.choices().isEmpty()) {
            Choice choice = answer.choices().getFirst();
            PartWriter.parts(choice.parts(), message.array("content"));
            if (!beside.containsKey("stopReason")) {
                choice.finish()
                        .or(() -> Optional.of(Finish.of(Finish.Reason.STOP, "")))
                        .ifPresent(finish -> root.put("stopReason", Finishes.word(finish)));
            }
        }
        TokenUsage usage = answer.usage().orElse(TokenUsage.of(io.fairlead.kernel.Usage.NONE));
        Usages.write(usage, root.object("usage"), Optional.ofNullable(beside.get("usage")));
        answer.serviceTier().ifPresent(tier -> root.object("serviceTier").put("type", tier));
        root.merge(beside);
        if (!own && !root.has("metrics")) {
            root.object("metrics").put("latencyMs", 0);
        }
        return root.toBytes();
    }
}
