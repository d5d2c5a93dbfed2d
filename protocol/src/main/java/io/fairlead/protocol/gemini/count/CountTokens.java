package io.fairlead.protocol.gemini.count;

import io.fairlead.kernel.Protocol;
import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.codec.ProviderRequest;
import io.fairlead.protocol.codec.WireRequest;
import io.fairlead.protocol.gemini.GeminiProtocol;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.model.ChatRequest;

import java.util.Map;
import java.util.Optional;

/**
 * Reads and writes {@code countTokens}. AI Studio takes bare contents, or a whole request under
 * {@code generateContentRequest}; Vertex AI takes a whole request as it is. Stateless: any thread.
 */
public final class CountTokens {
    private static final String WRAPPED = "generateContentRequest";
    private static final String WRAPPED_SNAKE = "generate_content_request";

    private CountTokens() {}

    /**
     * Reads what a client wants counted.
     *
     * @throws io.fairlead.protocol.codec.Unreadable if a field is missing or of a wrong type
     */
    public static CountRequest readRequest(WireRequest request) {
        Fields fields = Fields.ofRequest(request.body());
        String name = fields.has(WRAPPED) ? WRAPPED : WRAPPED_SNAKE;
        Optional<Fields> wrapped = fields.object(name);
        fields.take(name);
        Json body = wrapped.map(Fields::whole).orElse(request.body());
        ChatRequest conversation =
                GeminiProtocol.AI_STUDIO.readRequest(
                        new WireRequest(body, request.model(), Optional.of(false), Map.of()));
        if (wrapped.isPresent() && name.equals(WRAPPED_SNAKE)) {
            fields.form("snake");
        }
        return new CountRequest(
                conversation,
                wrapped.isPresent(),
                wrapped.isPresent()
                        ? fields.rest(Protocol.GEMINI)
                        : io.fairlead.protocol.model.Beside.NONE);
    }

    /** For one of Google's two. */
    public static ProviderRequest writeRequest(CountRequest request, GeminiProtocol protocol) {
        ProviderRequest chat =
                protocol.writeRequest(
                        request.conversation()
                                .withDelivery(request.conversation().delivery().withStream(false)));
        String path = chat.path();
        String counting = path.substring(0, path.lastIndexOf(':')) + ":countTokens";
        JsonObject inner = new JsonObject();
        boolean bare = true;
        for (Json.Member member : Fields.parse(chat.body()).members()) {
            // What a client calls the model within its own wrapping is no name of the provider's.
            if (!member.name().equals("model")) {
                inner.put(member.name(), member.value());
                bare &= member.name().equals("contents");
            }
        }
        if (protocol.protocol() == Protocol.VERTEX_GEMINI || (bare && !request.wrapped())) {
            return ProviderRequest.of(counting, inner);
        }
        inner.put("model", path.substring(1, path.lastIndexOf(':')));
        JsonObject outer = new JsonObject();
        boolean snake = request.beside().form(Protocol.GEMINI, "snake");
        outer.put(snake ? WRAPPED_SNAKE : WRAPPED, inner);
        outer.merge(request.beside().of(Protocol.GEMINI));
        return ProviderRequest.of(counting, outer);
    }

    /**
     * Reads what a provider has counted.
     *
     * @throws io.fairlead.protocol.codec.Unreadable if this is no count
     */
    public static TokenCount readAnswer(Json body) {
        Fields fields = Fields.ofAnswer(body);
        long tokens = fields.positive("totalTokens");
        return new TokenCount(tokens, fields.rest(Protocol.GEMINI));
    }

    public static byte[] writeAnswer(TokenCount count) {
        JsonObject body = new JsonObject();
        Map<String, Json> rest = count.beside().of(Protocol.GEMINI);
        if (count.tokens() > 0 || rest.isEmpty()) {
            body.put("totalTokens", count.tokens());
        }
        body.merge(rest);
        return body.toBytes();
    }
}
