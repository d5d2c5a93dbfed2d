package io.fairlead.protocol.anthropic;

import io.fairlead.kernel.Usage;
import io.fairlead.protocol.codec.AnswerContext;
import io.fairlead.protocol.json.JsonArray;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.model.ChatAnswer;
import io.fairlead.protocol.model.Choice;
import io.fairlead.protocol.model.Finish;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Refusal;
import io.fairlead.protocol.model.TokenUsage;
import io.fairlead.protocol.model.ToolCall;

import java.util.List;
import java.util.Optional;

/** Writes whole answers. Stateless: any thread. */
final class AnswerWriter {
    private AnswerWriter() {}

    static byte[] write(ChatAnswer answer, AnswerContext context) {
        boolean whole = Own.isWhole(answer.beside());
        List<Part> parts =
                answer.choices().isEmpty() ? List.of() : answer.choices().getFirst().parts();
        JsonArray content = new JsonArray();
        AnswerBlocks blocks = new AnswerBlocks(context, whole);
        for (Part part : parts) {
            blocks.of(part).forEach(content::add);
        }
        JsonObject object =
                new JsonObject()
                        .put("id", answer.id().isEmpty() ? "msg_" + context.id() : answer.id())
                        .put("type", "message")
                        .put("role", "assistant")
                        .put("model", answer.model().isEmpty() ? context.model() : answer.model())
                        .put("content", content);
        Optional<Finish> finish = answer.choices().stream().findFirst().flatMap(Choice::finish);
        if (whole) {
            object.put("stop_reason", finish.map(StopReasons::same))
                    .put("stop_sequence", finish.flatMap(Finish::stopSequence));
            answer.usage().ifPresent(usage -> object.put("usage", usage(usage)));
        } else {
            finish(object, finish, parts);
            object.put("usage", usage(answer.usage().orElse(TokenUsage.of(Usage.NONE))));
            object.putNull("container");
        }
        object.merge(answer.beside().of(Own.ORIGIN));
        return object.toBytes();
    }

    private static void finish(JsonObject object, Optional<Finish> finish, List<Part> parts) {
        boolean calls = parts.stream().anyMatch(ToolCall.class::isInstance);
        boolean refused = parts.stream().anyMatch(Refusal.class::isInstance);
        Finish.Reason reason = finish.map(Finish::reason).orElse(Finish.Reason.STOP);
        if (refused && reason == Finish.Reason.STOP) {
            reason = Finish.Reason.REFUSAL;
        }
        object.put("stop_reason", StopReasons.word(reason, calls));
        object.putNull("stop_sequence");
        finish.flatMap(Finish::stopSequence).ifPresent(text -> object.put("stop_sequence", text));
        object.putNull("stop_details");
    }

    private static JsonObject usage(TokenUsage usage) {
        return Own.isWhole(usage.beside())
                ? UsageCounts.same(usage)
                : UsageCounts.whole(usage.counts());
    }
}
