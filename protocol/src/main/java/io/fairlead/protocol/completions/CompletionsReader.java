package io.fairlead.protocol.completions;

import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.codec.Unreadable;
import io.fairlead.protocol.codec.WireRequest;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.Caller;
import io.fairlead.protocol.model.ChatRequest;
import io.fairlead.protocol.model.Delivery;
import io.fairlead.protocol.model.Output;
import io.fairlead.protocol.model.Role;
import io.fairlead.protocol.model.Sampling;
import io.fairlead.protocol.model.Text;
import io.fairlead.protocol.model.ToolUse;
import io.fairlead.protocol.model.Turn;

import java.util.List;
import java.util.Optional;

/** Reads requests: the prompt is what the user says. Stateless. */
final class CompletionsReader {
    private CompletionsReader() {}

    static ChatRequest read(WireRequest wire) {
        Fields request = Fields.ofRequest(wire.body());
        String model = request.text("model").or(wire::model).orElse("");
        if (model.isEmpty()) {
            throw request.invalid("model", "a string");
        }
        refuse(request);
        Optional<Boolean> stream = request.flag("stream");
        Optional<Boolean> usage =
                request.object("stream_options").flatMap(options -> options.flag("include_usage"));
        return new ChatRequest(
                model,
                List.of(Turn.of(Role.USER, Text.of(prompt(request)))),
                ToolUse.NONE,
                sampling(request),
                output(request),
                Optional.empty(),
                new Delivery(
                        stream.or(wire::stream).orElse(false),
                        usage,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()),
                new Caller(request.text("user"), Optional.empty(), Optional.empty()),
                Beside.NONE);
    }

    /** What a conversation has no word for and what would change the answer. */
    private static void refuse(Fields request) {
        if (request.flag("echo").orElse(false)) {
            throw request.invalid("echo", "false: a chat model does not repeat the prompt");
        }
        if (request.text("suffix").filter(text -> !text.isEmpty()).isPresent()) {
            throw request.invalid("suffix", "none: a chat model does not fill in");
        }
        long choices = request.count("n").orElse(1L);
        if (request.count("best_of").orElse(choices) > choices) {
            throw request.invalid("best_of", "no more than n: a chat model does not choose");
        }
    }

    private static String prompt(Fields request) {
        Optional<Json> prompt = request.peek("prompt");
        if (prompt.isEmpty()) {
            throw request.invalid("prompt", "a string");
        }
        Json value = prompt.get();
        if (value.isString()) {
            return value.text();
        }
        List<Json> elements = value.elements();
        if (elements.size() != 1) {
            throw new Unreadable(
                    "prompt", "has " + elements.size() + " prompts (expected: one string)");
        }
        if (!elements.getFirst().isString()) {
            throw new Unreadable("prompt[0]", "is no text (expected: a string, not tokens)");
        }
        return elements.getFirst().text();
    }

    private static Sampling sampling(Fields request) {
        Optional<Json> stop = request.peek("stop");
        List<String> stops =
                stop.filter(Json::isString).isPresent()
                        ? List.of(request.needText("stop"))
                        : request.texts("stop");
        return new Sampling(
                request.number("temperature"),
                request.number("top_p"),
                request.count("top_k"),
                request.number("min_p"),
                request.number("frequency_penalty"),
                request.number("presence_penalty"),
                request.number("repetition_penalty"),
                request.count("seed"),
                stops,
                request.json("logit_bias").filter(bias -> !bias.isEmpty()));
    }

    private static Output output(Fields request) {
        return new Output(
                request.count("max_tokens"),
                Optional.empty(),
                request.count("n"),
                request.count("logprobs"),
                List.of(),
                Optional.empty(),
                Optional.empty());
    }
}
