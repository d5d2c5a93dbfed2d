package io.fairlead.protocol.chatform;

import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.codec.WireRequest;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.model.Caller;
import io.fairlead.protocol.model.ChatRequest;
import io.fairlead.protocol.model.Delivery;
import io.fairlead.protocol.model.Output;
import io.fairlead.protocol.model.Sampling;
import io.fairlead.protocol.model.Thinking;
import io.fairlead.protocol.model.ToolUse;
import io.fairlead.protocol.model.Turn;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads requests. Immutable: any thread. */
final class RequestReader {
    /** The model stands in the path. */
    static final String MODEL_IN_PATH = "model:path";

    static final String SAFETY_IDENTIFIER = "safety_identifier";

    private final Dialect dialect;
    private final MessageReader messages;
    private final ToolsForm tools;
    private final SamplingForm sampling;
    private final OutputForm output;
    private final ThinkingForm thinking;

    RequestReader(Dialect dialect) {
        this.dialect = dialect;
        this.messages = new MessageReader(dialect);
        this.tools = new ToolsForm(dialect);
        this.sampling = new SamplingForm(dialect);
        this.output = new OutputForm(dialect);
        this.thinking = new ThinkingForm(dialect);
    }

    ChatRequest read(WireRequest wire) {
        Fields request = Fields.ofRequest(wire.body());
        String model = model(wire, request);
        if (!request.has("messages")) {
            throw request.invalid("messages", "an array of messages");
        }
        List<Turn> turns = new ArrayList<>();
        for (Fields message : request.objects("messages")) {
            turns.add(messages.read(message));
        }
        ToolUse use = tools.read(request);
        Sampling drawn = sampling.read(request);
        Output asked = output.read(request);
        Optional<Thinking> thought = thinking.read(request);
        Delivery delivery = delivery(wire, request);
        Caller caller = caller(request);
        return new ChatRequest(
                model,
                turns,
                use,
                drawn,
                asked,
                thought,
                delivery,
                caller,
                Own.marked(request, dialect.protocol()));
    }

    private static String model(WireRequest wire, Fields request) {
        Optional<String> said = request.text("model");
        if (said.isEmpty() && wire.model().isPresent()) {
            request.form(MODEL_IN_PATH);
            return wire.model().get();
        }
        return said.orElseThrow(() -> request.invalid("model", "a string"));
    }

    /** Not to stream is the default: saying so is no more than a form, which the rest holds. */
    private static Delivery delivery(WireRequest wire, Fields request) {
        boolean stream = request.peek("stream").filter(Json.TRUE::equals).isPresent();
        if (stream) {
            request.take("stream");
        } else {
            checkFlag(request, "stream");
        }
        Optional<Boolean> usage =
                request.object("stream_options").flatMap(options -> options.flag("include_usage"));
        return new Delivery(
                stream || wire.stream().orElse(false),
                usage,
                request.text("service_tier"),
                request.flag("store"),
                Optional.empty(),
                Optional.empty());
    }

    private static void checkFlag(Fields request, String name) {
        Optional<Json> value = request.peek(name);
        if (value.isPresent() && value.get().kind() != Json.Kind.BOOLEAN) {
            throw request.invalid(name, "true or false");
        }
    }

    private static Caller caller(Fields request) {
        Optional<String> user = Own.words(request, "user");
        if (user.isEmpty()) {
            user = Own.words(request, SAFETY_IDENTIFIER);
            user.ifPresent(ignored -> request.form(SAFETY_IDENTIFIER));
        }
        Optional<Json> metadata = request.peek("metadata").filter(Json::isObject);
        metadata.ifPresent(ignored -> request.take("metadata"));
        return new Caller(user, metadata, Own.words(request, "prompt_cache_key"));
    }
}
