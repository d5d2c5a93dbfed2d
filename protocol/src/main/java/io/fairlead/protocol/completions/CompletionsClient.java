package io.fairlead.protocol.completions;

import io.fairlead.kernel.Protocol;
import io.fairlead.protocol.chatform.Dialect;
import io.fairlead.protocol.chatform.FinishWords;
import io.fairlead.protocol.chatform.UsageForm;
import io.fairlead.protocol.codec.AnswerContext;
import io.fairlead.protocol.codec.ClientProtocol;
import io.fairlead.protocol.codec.Framing;
import io.fairlead.protocol.codec.SseFraming;
import io.fairlead.protocol.codec.StreamWriter;
import io.fairlead.protocol.codec.Unreadable;
import io.fairlead.protocol.codec.WireRequest;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonArray;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.model.ChatAnswer;
import io.fairlead.protocol.model.ChatRequest;
import io.fairlead.protocol.model.Choice;
import io.fairlead.protocol.model.Finish;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Refusal;
import io.fairlead.protocol.model.Text;
import io.fairlead.protocol.model.TokenLogProb;
import io.fairlead.protocol.model.TokenUsage;

import java.util.List;

/**
 * OpenAI's completions ({@code /v1/completions}) as clients speak them, answered by providers that
 * have conversations only. Thoughts and calls have no place in them. Immutable: any thread.
 */
public final class CompletionsClient implements ClientProtocol {
    public static final CompletionsClient INSTANCE = new CompletionsClient();

    static final Dialect WORDS =
            new Dialect(
                    Protocol.OPENAI_CHAT,
                    "max_tokens",
                    "seed",
                    "required",
                    Dialect.ReasoningPlace.CONTENT,
                    true);

    private CompletionsClient() {}

    @Override
    public Protocol protocol() {
        return Protocol.OPENAI_CHAT;
    }

    /**
     * Reads what a client asks for.
     *
     * @throws Unreadable if a field is missing or of a wrong type, or asks for what a conversation
     *     can't give: {@code echo}, {@code suffix}, {@code best_of}, several prompts, token numbers
     */
    @Override
    public ChatRequest readRequest(WireRequest request) {
        return CompletionsReader.read(request);
    }

    @Override
    public byte[] writeAnswer(ChatAnswer answer, AnswerContext context) {
        JsonObject body = head(answer.id(), answer.model(), context);
        body.put("created", answer.created().orElse(context.createdSeconds()));
        JsonArray choices = body.array("choices");
        for (Choice choice : answer.choices()) {
            JsonObject object = choices.addObject().put("text", text(choice));
            object.put("index", choice.index());
            logProbs(choice.logProbs(), object);
            object.put(
                    "finish_reason",
                    word(choice.finish().orElse(Finish.of(Finish.Reason.STOP, ""))));
        }
        answer.usage().ifPresent(usage -> body.put("usage", usage(usage)));
        return body.toBytes();
    }

    @Override
    public StreamWriter streamWriter(AnswerContext context) {
        return new CompletionsStreamWriter(context);
    }

    @Override
    public Framing framing() {
        return SseFraming.INSTANCE;
    }

    static JsonObject head(String id, String model, AnswerContext context) {
        return new JsonObject()
                .put("id", id.isEmpty() ? "cmpl-" + context.id() : id)
                .put("object", "text_completion")
                .put("model", model.isEmpty() ? context.model() : model);
    }

    /** The counts only: what a provider says besides belongs to its own form. */
    static JsonObject usage(TokenUsage usage) {
        return UsageForm.write(TokenUsage.of(usage.counts()), WORDS);
    }

    /** Calls can't be told, so an answer that ends with them just stops. */
    static String word(Finish finish) {
        return finish.reason() == Finish.Reason.TOOL_CALLS
                ? "stop"
                : FinishWords.write(finish, false, false);
    }

    private static String text(Choice choice) {
        StringBuilder text = new StringBuilder();
        for (Part part : choice.parts()) {
            if (part instanceof Text words) {
                text.append(words.text());
            } else if (part instanceof Refusal refusal) {
                text.append(refusal.text());
            }
        }
        return text.toString();
    }

    static void logProbs(List<TokenLogProb> tokens, JsonObject choice) {
        if (tokens.isEmpty()) {
            choice.putNull("logprobs");
            return;
        }
        JsonObject logProbs = choice.object("logprobs");
        JsonArray words = logProbs.array("tokens");
        JsonArray chances = logProbs.array("token_logprobs");
        JsonArray tops = logProbs.array("top_logprobs");
        JsonArray offsets = logProbs.array("text_offset");
        long offset = 0;
        for (TokenLogProb token : tokens) {
            words.add(token.token());
            chances.add(number(token));
            JsonObject top = tops.addObject();
            token.top().forEach(one -> top.put(one.token(), one.logProb()));
            offsets.add(offset);
            offset += token.token().length();
        }
    }

    private static Json number(TokenLogProb token) {
        return Json.parse(token.logProb().toString());
    }
}
