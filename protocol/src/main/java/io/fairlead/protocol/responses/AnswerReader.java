package io.fairlead.protocol.responses;

import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.codec.Unreadable;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.model.ChatAnswer;
import io.fairlead.protocol.model.Choice;
import io.fairlead.protocol.model.Finish;
import io.fairlead.protocol.model.Foreign;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Refusal;
import io.fairlead.protocol.model.TokenLogProb;
import io.fairlead.protocol.model.TokenUsage;
import io.fairlead.protocol.model.ToolCall;
import io.fairlead.protocol.model.Turn;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads whole answers: the {@code response} object. Stateless: any thread. */
final class AnswerReader {
    private AnswerReader() {}

    static ChatAnswer read(Json body) {
        Fields fields = Fields.ofAnswer(body);
        if (fields.peek("output").filter(Json::isArray).isEmpty()
                && fields.peek("status").filter(Json::isString).isEmpty()) {
            throw new Unreadable("output", "is missing (expected: an array of items)");
        }
        List<Part> parts = new ArrayList<>();
        List<TokenLogProb> logProbs = new ArrayList<>();
        Optional<Json> output = fields.peek("output").filter(Json::isArray);
        List<Fields> items = fields.objects("output");
        for (Fields item : items) {
            parts(item, parts);
            logProbs(item, logProbs);
        }
        if (output.isPresent() && items.isEmpty() && output.get().isEmpty()) {
            fields.take("output");
        }
        Optional<Finish> finish = finish(fields, parts);
        Optional<TokenUsage> usage = usage(fields);
        String id = fields.text("id").orElse("");
        String model = fields.text("model").orElse("");
        Optional<Long> created = fields.count("created_at");
        Optional<String> tier = fields.text("service_tier");
        fields.form("own");
        Choice choice =
                new Choice(0, parts, finish, logProbs, io.fairlead.protocol.model.Beside.NONE);
        return new ChatAnswer(
                id, model, created, List.of(choice), usage, tier, fields.rest(Wire.SELF));
    }

    /** Takes the status if a writer makes the same of the finish again. */
    private static Optional<Finish> finish(Fields fields, List<Part> parts) {
        boolean calls = false;
        boolean refused = false;
        for (Part part : parts) {
            calls |= part instanceof ToolCall;
            refused |= part instanceof Refusal;
        }
        Optional<Finish> finish = ResponsesFinish.read(fields, calls, refused);
        String status = ResponsesFinish.status(finish);
        if (finish.isPresent() && fields.peek("status").filter(s -> s.is(status)).isPresent()) {
            fields.take("status");
        }
        return finish;
    }

    private static Optional<TokenUsage> usage(Fields fields) {
        Optional<Json> usage = fields.peek("usage").filter(Json::isObject);
        if (usage.isPresent()) {
            fields.take("usage");
        }
        return usage.map(Fields::ofAnswer).map(ResponsesUsage::read);
    }

    private static void parts(Fields item, List<Part> parts) {
        Json raw = item.whole();
        Turn turn = ItemReader.read(item);
        if (raw.get("type").filter(t -> t.is("message")).isEmpty()) {
            parts.addAll(turn.parts());
        } else if (turn.parts().isEmpty()) {
            parts.add(Foreign.of(Wire.SELF, "message", raw));
        } else {
            for (int i = 0; i < turn.parts().size(); i++) {
                Part part = turn.parts().get(i);
                parts.add(
                        i > 0
                                ? part
                                : part.withMarks(
                                        part.marks()
                                                .withBeside(
                                                        Wire.firstOf(
                                                                turn.beside(),
                                                                part.marks().beside()))));
            }
        }
    }

    /** They stay in the rest of their text, too: there its writer finds them. */
    private static void logProbs(Fields item, List<TokenLogProb> all) {
        for (Json content : item.whole().get("content").orElse(Json.EMPTY_ARRAY).elements()) {
            content.get("logprobs").ifPresent(array -> all.addAll(LogProbs.read(array)));
        }
    }
}
