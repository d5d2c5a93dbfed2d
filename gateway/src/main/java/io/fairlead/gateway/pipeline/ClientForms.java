package io.fairlead.gateway.pipeline;

import io.fairlead.kernel.Endpoint;
import io.fairlead.kernel.Protocol;
import io.fairlead.protocol.chat.OpenAiChatProtocol;
import io.fairlead.protocol.codec.ChatProtocol;
import io.fairlead.protocol.codec.ClientProtocol;
import io.fairlead.protocol.completions.CompletionsClient;
import io.fairlead.protocol.gemini.GeminiArrayClient;
import io.fairlead.protocol.translate.Protocols;

import java.util.Optional;

/** In which form a client holds its conversation. Stateless. */
final class ClientForms {
    /** OpenAI's chat as OpenRouter speaks it, on either side. */
    static final ChatProtocol OPENROUTER = OpenAiChatProtocol.ofOpenRouter();

    private ClientForms() {}

    /** Empty: it holds none. */
    static Optional<ClientProtocol> of(ClientRequest request, Optional<ContentTarget> target) {
        if (request.endpoint() == Endpoint.COMPLETIONS) {
            return Optional.of(CompletionsClient.INSTANCE);
        }
        if (target.filter(ContentTarget::array).isPresent()) {
            return Optional.of(GeminiArrayClient.INSTANCE);
        }
        Optional<Protocol> protocol = request.endpoint().conversation();
        return request.openRouterForm() && protocol.equals(Optional.of(Protocol.OPENAI_CHAT))
                ? Optional.of(OPENROUTER)
                : protocol.flatMap(Protocols::of);
    }
}
