package io.fairlead.protocol.service;

import io.fairlead.kernel.Usage;
import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.codec.ProviderRequest;
import io.fairlead.protocol.gemini.GeminiProtocol;
import io.fairlead.protocol.json.JsonArray;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.model.ChatAnswer;
import io.fairlead.protocol.model.ChatRequest;
import io.fairlead.protocol.model.Choice;
import io.fairlead.protocol.model.Finish;
import io.fairlead.protocol.model.Media;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Text;
import io.fairlead.protocol.model.TokenUsage;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One turn with Gemini's {@code generateContent}, for services that it has no operation for.
 * Stateless: any thread.
 */
public final class GeminiCall {
    public static final GeminiCall AI_STUDIO = new GeminiCall(GeminiProtocol.AI_STUDIO);
    public static final GeminiCall VERTEX = new GeminiCall(GeminiProtocol.VERTEX);

    private final GeminiProtocol protocol;

    private GeminiCall(GeminiProtocol protocol) {
        this.protocol = protocol;
    }

    /**
     * The request.
     *
     * @param parts of the one turn
     * @param config its {@code generationConfig}; left out if it is empty
     */
    public ProviderRequest request(ServiceTarget target, JsonArray parts, JsonObject config) {
        JsonObject body = new JsonObject();
        body.array("contents").addObject().put("role", "user").put("parts", parts);
        if (!config.isEmpty()) {
            body.put("generationConfig", config);
        }
        String path = protocol.writeRequest(ChatRequest.of(target.model())).path();
        return ProviderRequest.of(path, body);
    }

    /** The model's resource, and another method of it: {@code /models/imagen-4:predict}. */
    public String path(ServiceTarget target, String method) {
        String path = protocol.writeRequest(ChatRequest.of(target.model())).path();
        return path.substring(0, path.lastIndexOf(':') + 1) + method;
    }

    /**
     * Reads an answer.
     *
     * @throws Blocked if there is none for reasons of safety
     */
    public ChatAnswer read(byte[] body) {
        ChatAnswer answer = protocol.readAnswer(Fields.parse(body));
        Optional<Finish> finish = answer.choices().stream().findFirst().flatMap(Choice::finish);
        boolean empty = answer.choices().stream().allMatch(choice -> choice.parts().isEmpty());
        if (empty && finish.filter(it -> it.reason() != Finish.Reason.STOP).isPresent()) {
            throw new Blocked(finish.get().word());
        }
        return answer;
    }

    /** What the model says, without what it thinks. */
    public static String text(ChatAnswer answer) {
        StringBuilder text = new StringBuilder();
        for (Part part : parts(answer)) {
            if (part instanceof Text said) {
                text.append(said.text());
            }
        }
        return text.toString();
    }

    /** The media it made, as base64. */
    public static List<Media.Source.Inline> media(ChatAnswer answer) {
        List<Media.Source.Inline> media = new ArrayList<>();
        for (Part part : parts(answer)) {
            if (part instanceof Media made && made.source() instanceof Media.Source.Inline inline) {
                media.add(inline);
            }
        }
        return media;
    }

    private static List<Part> parts(ChatAnswer answer) {
        return answer.choices().stream().findFirst().map(Choice::parts).orElse(List.of());
    }

    public static Optional<Usage> usage(ChatAnswer answer) {
        return answer.usage().map(TokenUsage::counts);
    }
}
