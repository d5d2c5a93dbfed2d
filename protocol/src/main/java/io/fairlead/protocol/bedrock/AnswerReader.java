package io.fairlead.protocol.bedrock;

import static io.fairlead.protocol.bedrock.BedrockConverseProtocol.ORIGIN;

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

/** Reads answers of Converse. Stateless: any thread. */
final class AnswerReader {
    private static final String MODEL_FIELDS = "additionalModelResponseFields";

    private AnswerReader() {}

    static ChatAnswer read(Json body) {
        Fields root = Fields.ofAnswer(body);
        Optional<Fields> message = root.object("output").flatMap(o -> o.object("message"));
        if (message.isEmpty() && !root.has("stopReason")) {
            throw new Unreadable("output.message", "is missing (expected: an object)");
        }
        List<Part> parts =
                message.map(own -> PartReader.parts(own.objects("content"))).orElse(List.of());
        message.filter(own -> own.peek("role").filter(role -> role.is("assistant")).isPresent())
                .ifPresent(own -> own.take("role"));
        boolean calls = parts.stream().anyMatch(ToolCall.class::isInstance);
        Optional<Finish> finish = finish(root, calls);
        Optional<TokenUsage> usage = root.object("usage").map(Usages::read);
        Optional<String> tier = root.object("serviceTier").flatMap(own -> own.text("type"));
        Choice choice = new Choice(0, parts, finish, List.of(), Beside.NONE);
        return new ChatAnswer(
                "", "", Optional.empty(), List.of(choice), usage, tier, root.rest(ORIGIN));
    }

    /** A word that we would not write for what it means here stays beside. */
    static Optional<Finish> finish(Fields root, boolean calls) {
        Optional<String> word = root.peek("stopReason").filter(Json::isString).map(Json::text);
        if (word.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> sequence =
                root.peek(MODEL_FIELDS)
                        .flatMap(fields -> fields.get("stop_sequence"))
                        .filter(Json::isString)
                        .map(Json::text);
        Finish finish = Finishes.read(word.get(), sequence, calls);
        if (Finishes.word(finish).equals(word.get())) {
            root.take("stopReason");
        }
        return Optional.of(finish);
    }
}
