package io.fairlead.protocol.anthropic;

import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.codec.Unreadable;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.ChatAnswer;
import io.fairlead.protocol.model.Choice;
import io.fairlead.protocol.model.Finish;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.TokenUsage;
import io.fairlead.protocol.model.ToolCall;

import java.util.List;
import java.util.Optional;

/** Reads whole answers. Stateless: any thread. */
final class AnswerReader {
    private AnswerReader() {}

    static ChatAnswer read(Json body) {
        Fields answer = Fields.ofAnswer(body);
        if (answer.peek("content").filter(Json::isArray).isEmpty()) {
            throw new Unreadable("content", "is missing (expected: an array of content blocks)");
        }
        List<Part> parts = PartReader.all(answer.objects("content"));
        boolean calls = parts.stream().anyMatch(ToolCall.class::isInstance);
        String id = answer.text("id").orElse("");
        String model = answer.text("model").orElse("");
        Optional<Finish> finish = StopReasons.read(answer, calls);
        Optional<TokenUsage> usage = answer.object("usage").map(u -> new UsageCounts().read(u));
        if (usage.isPresent()) {
            answer.take("usage");
        }
        Beside rest = Own.wholeRest(answer);
        Choice choice = new Choice(0, parts, finish, List.of(), Beside.NONE);
        return new ChatAnswer(
                id, model, Optional.empty(), List.of(choice), usage, Optional.empty(), rest);
    }
}
