package io.fairlead.protocol.translate;

import io.fairlead.kernel.Protocol;
import io.fairlead.protocol.Recordings;
import io.fairlead.protocol.Recordings.Exchange;
import io.fairlead.protocol.codec.ChatProtocol;
import io.fairlead.protocol.codec.Frame;
import io.fairlead.protocol.codec.WireRequest;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Every recorded conversation, by the protocol it was held in. Stateless: any thread. */
final class Conversations {
    private static final Map<Protocol, List<Exchange>> READ = new ConcurrentHashMap<>();

    private Conversations() {}

    /** The exchanges of a protocol; those of Anthropic stand for Anthropic's at Google as well. */
    static List<Exchange> of(ChatProtocol protocol) {
        return READ.computeIfAbsent(protocol.protocol(), one -> List.copyOf(read(one)));
    }

    private static List<Exchange> read(Protocol protocol) {
        return switch (protocol) {
            case OPENAI_CHAT -> Recordings.ofOpenAiChat();
            case OPENAI_RESPONSES ->
                    Recordings.of(
                            "openai/responses",
                            "azure/responses",
                            "bedrock-mantle/responses",
                            "deepseek/responses",
                            "xai/responses",
                            "openrouter/responses",
                            "lmstudio/responses");
            case ANTHROPIC_MESSAGES, VERTEX_ANTHROPIC -> Recordings.of("anthropic/messages");
            case GEMINI -> Recordings.of("gemini/generate-content");
            case VERTEX_GEMINI -> Recordings.of("vertex/generate-content");
            case BEDROCK_CONVERSE -> Recordings.of("bedrock/converse");
            case COHERE_V2 -> Recordings.of("cohere/v2-chat");
            case MISTRAL_CHAT -> Recordings.of("mistral/chat");
            case OLLAMA -> Recordings.of("ollama/native-chat");
            case AZURE_OPENAI, SIM ->
                    throw new IllegalArgumentException(protocol + " has no words of its own");
        };
    }

    /** The recorded request with what its path says. */
    static WireRequest request(ChatProtocol protocol, Exchange exchange) {
        String path = exchange.path();
        return switch (protocol.protocol()) {
            case GEMINI, VERTEX_GEMINI ->
                    wire(
                            exchange,
                            path.substring(path.lastIndexOf('/') + 1, path.lastIndexOf(':')),
                            Optional.of(path.endsWith(":streamGenerateContent")));
            case BEDROCK_CONVERSE ->
                    wire(
                            exchange,
                            URLDecoder.decode(
                                    path.substring("/model/".length(), path.lastIndexOf('/')),
                                    StandardCharsets.UTF_8),
                            Optional.of(path.endsWith("/converse-stream")));
            case OPENAI_CHAT,
                    OPENAI_RESPONSES,
                    ANTHROPIC_MESSAGES,
                    VERTEX_ANTHROPIC,
                    COHERE_V2,
                    AZURE_OPENAI,
                    MISTRAL_CHAT,
                    OLLAMA,
                    SIM ->
                    wire(exchange, "deployment", Optional.empty());
        };
    }

    private static WireRequest wire(Exchange exchange, String model, Optional<Boolean> stream) {
        return new WireRequest(
                exchange.request().orElseThrow(),
                Optional.of(model).filter(ignored -> !namesModel(exchange)),
                stream,
                Map.of());
    }

    private static boolean namesModel(Exchange exchange) {
        return exchange.request().orElseThrow().get("model").isPresent();
    }

    /** The streams of an exchange: some recordings hold several answers, one behind the other. */
    static List<List<Frame>> streams(Exchange exchange) {
        List<List<Frame>> streams = new ArrayList<>();
        for (Frame frame : exchange.frames()) {
            if (streams.isEmpty() || frame.name().equals("message_start")) {
                streams.add(new ArrayList<>());
            }
            streams.getLast().add(frame);
        }
        return streams;
    }
}
