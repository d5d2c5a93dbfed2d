package io.fairlead.protocol.chatform;

import io.fairlead.protocol.codec.ProviderRequest;
import io.fairlead.protocol.json.JsonArray;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.ChatRequest;

/** Writes requests. Immutable: any thread. */
final class RequestWriter {
    private static final String PATH = "/chat/completions";

    private final Dialect dialect;
    private final MessageWriter messages;
    private final ToolsForm tools;
    private final SamplingForm sampling;
    private final OutputForm output;
    private final ThinkingForm thinking;

    RequestWriter(Dialect dialect) {
        this.dialect = dialect;
        this.messages = new MessageWriter(dialect);
        this.tools = new ToolsForm(dialect);
        this.sampling = new SamplingForm(dialect);
        this.output = new OutputForm(dialect);
        this.thinking = new ThinkingForm(dialect);
    }

    ProviderRequest write(ChatRequest request) {
        Beside forms = request.beside();
        JsonObject body = new JsonObject();
        if (!forms.form(dialect.protocol(), RequestReader.MODEL_IN_PATH)) {
            body.put("model", request.model());
        }
        JsonArray written = body.array("messages");
        boolean own = Own.is(forms, dialect.protocol());
        for (int i = 0; i < request.turns().size(); i++) {
            boolean last = i == request.turns().size() - 1;
            messages.write(request.turns().get(i), last && !own, written);
        }
        tools.write(request.tools(), body);
        sampling.write(request.sampling(), forms, body);
        output.write(request.output(), forms, body);
        request.thinking().ifPresent(thought -> thinking.write(thought, forms, body));
        delivery(request, body);
        body.put(
                forms.form(dialect.protocol(), RequestReader.SAFETY_IDENTIFIER)
                        ? RequestReader.SAFETY_IDENTIFIER
                        : "user",
                request.caller().user());
        body.put("metadata", request.caller().metadata());
        body.put("prompt_cache_key", request.caller().cacheKey());
        body.merge(forms.of(dialect.protocol()));
        return ProviderRequest.of(PATH, body);
    }

    /** The usage of a stream is always asked for: the gateway charges by it. */
    private void delivery(ChatRequest request, JsonObject body) {
        if (request.delivery().stream()) {
            body.put("stream", true);
            if (dialect.usageOption()) {
                body.object("stream_options").put("include_usage", true);
            }
        } else if (request.delivery().usageInStream().isPresent()) {
            body.object("stream_options")
                    .put("include_usage", request.delivery().usageInStream().get());
        }
        body.put("service_tier", request.delivery().serviceTier());
        body.put("store", request.delivery().store());
    }
}
