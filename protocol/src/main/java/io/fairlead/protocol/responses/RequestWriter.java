package io.fairlead.protocol.responses;

import io.fairlead.protocol.json.JsonArray;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.Caller;
import io.fairlead.protocol.model.ChatRequest;
import io.fairlead.protocol.model.Delivery;
import io.fairlead.protocol.model.Output;
import io.fairlead.protocol.model.OutputFormat;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Role;
import io.fairlead.protocol.model.Seal;
import io.fairlead.protocol.model.Text;
import io.fairlead.protocol.model.Thinking;
import io.fairlead.protocol.model.ToolCall;
import io.fairlead.protocol.model.Turn;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Writes requests: {@code POST /responses}. Stateless: any thread. */
final class RequestWriter {
    private RequestWriter() {}

    static JsonObject write(ChatRequest request) {
        JsonObject body = new JsonObject();
        Beside beside = request.beside();
        if (!request.model().isEmpty() || !Wire.form(beside, "without:model")) {
            body.put("model", request.model());
        }
        List<Turn> turns = input(body, request);
        parameters(body, request);
        if (!Wire.own(beside)) {
            additions(body, request, turns);
        }
        body.merge(beside.of(Wire.SELF));
        return body;
    }

    /** Everything but model and input: what an answer repeats, too. */
    static void parameters(JsonObject body, ChatRequest request) {
        Beside beside = request.beside();
        ToolsWriter.write(body, request.tools(), beside);
        body.put("temperature", request.sampling().temperature());
        body.put("top_p", request.sampling().topP());
        output(body, request.output(), beside);
        request.thinking().ifPresent(thinking -> thinking(body, thinking));
        delivery(body, request.delivery(), beside);
        Caller caller = request.caller();
        boolean safety = Wire.form(beside, "user:safety_identifier");
        body.put(safety ? "safety_identifier" : "user", caller.user());
        body.put("metadata", caller.metadata());
        body.put("prompt_cache_key", caller.cacheKey());
    }

    /** Puts instructions and input; gives the turns that are input. */
    private static List<Turn> input(JsonObject body, ChatRequest request) {
        Beside beside = request.beside();
        List<Turn> turns = request.turns();
        Optional<String> instructions = instructions(request);
        if (instructions.isPresent()) {
            body.put("instructions", instructions.get());
            turns = turns.subList(1, turns.size());
        }
        if (Wire.form(beside, "input:text")
                && turns.size() == 1
                && turns.getFirst().role() == Role.USER
                && turns.getFirst().parts().size() == 1
                && turns.getFirst().parts().getFirst() instanceof Text text) {
            body.put("input", text.words());
        } else if (!turns.isEmpty() || !Wire.form(beside, "without:input")) {
            JsonArray items = body.array("input");
            Set<String> custom = customCalls(turns);
            turns.forEach(turn -> ItemWriter.turn(items, turn, custom));
        }
        return turns;
    }

    /** What the conversation begins with, if it is the system's and nothing but text. */
    static Optional<String> instructions(ChatRequest request) {
        Beside beside = request.beside();
        if (request.turns().isEmpty() || Wire.own(beside) && !Wire.form(beside, "instructions")) {
            return Optional.empty();
        }
        Turn first = request.turns().getFirst();
        if (first.role() != Role.SYSTEM || first.name().isPresent()) {
            return Optional.empty();
        }
        return first.parts().size() == 1
                        && first.parts().getFirst() instanceof Text text
                        && text.marks().cache().isEmpty()
                ? Optional.of(text.text())
                : Optional.empty();
    }

    private static Set<String> customCalls(List<Turn> turns) {
        Set<String> ids = new HashSet<>();
        for (Turn turn : turns) {
            for (Part part : turn.parts()) {
                if (part instanceof ToolCall call && call.custom()) {
                    ids.add(call.id());
                }
            }
        }
        return ids;
    }

    private static void output(JsonObject body, Output output, Beside beside) {
        body.put("max_output_tokens", output.maxTokens());
        if (output.format().isPresent()) {
            format(body.object("text").object("format"), output.format().get());
        }
        if (output.verbosity().isPresent()) {
            body.object("text").put("verbosity", output.verbosity().get());
        }
        if (output.logProbs().isPresent() && !Wire.form(beside, "without:top_logprobs")) {
            body.put("top_logprobs", output.logProbs().get());
        }
    }

    private static void format(JsonObject object, OutputFormat format) {
        switch (format) {
            case OutputFormat.PlainText ignored -> object.put("type", "text");
            case OutputFormat.AnyJson ignored -> object.put("type", "json_object");
            case OutputFormat.JsonSchema schema ->
                    object.put("type", "json_schema")
                            .put("name", schema.name().orElse(RequestReader.NAMELESS))
                            .put("description", schema.description())
                            .put("schema", schema.schema())
                            .put("strict", schema.strict());
        }
    }

    private static void thinking(JsonObject body, Thinking thinking) {
        JsonObject reasoning = new JsonObject();
        if (thinking.mode() == Thinking.Mode.OFF) {
            reasoning.put("effort", "none");
        } else {
            reasoning.put("effort", thinking.effort());
        }
        reasoning.put("summary", thinking.summary());
        // Also if nothing is left to say: to think as the model likes.
        body.put("reasoning", reasoning);
    }

    private static void delivery(JsonObject body, Delivery delivery, Beside beside) {
        if (delivery.stream() || Wire.form(beside, "stream:false")) {
            body.put("stream", delivery.stream());
        }
        body.put("service_tier", delivery.serviceTier());
        body.put("store", delivery.store());
        body.put("previous_response_id", delivery.previous());
        body.put("background", delivery.background());
    }

    /**
     * What a request of another protocol means, but this one must be told: log probabilities are to
     * be in the answer, and so is what must come back with the next turn.
     */
    private static void additions(JsonObject body, ChatRequest request, List<Turn> turns) {
        JsonArray include = new JsonArray();
        if (thinks(request) || sealed(turns)) {
            include.add(RequestReader.ENCRYPTED);
        }
        if (request.output().logProbs().isPresent()) {
            include.add(RequestReader.LOG_PROBS);
        }
        if (!include.isEmpty()) {
            body.put("include", include);
        }
    }

    /** Models that don't think refuse to be asked for their thoughts. */
    private static boolean thinks(ChatRequest request) {
        return request.thinking().filter(t -> t.mode() != Thinking.Mode.OFF).isPresent();
    }

    private static boolean sealed(List<Turn> turns) {
        for (Turn turn : turns) {
            for (Part part : turn.parts()) {
                Optional<Seal> seal = part.marks().seal();
                if (seal.filter(s -> s.owner().equals(Seal.OPENAI)).isPresent()) {
                    return true;
                }
            }
        }
        return false;
    }
}
