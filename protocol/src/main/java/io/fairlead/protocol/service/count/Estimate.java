package io.fairlead.protocol.service.count;

import io.fairlead.protocol.model.ChatRequest;
import io.fairlead.protocol.model.Foreign;
import io.fairlead.protocol.model.Media;
import io.fairlead.protocol.model.Media.Source;
import io.fairlead.protocol.model.OutputFormat;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Reasoning;
import io.fairlead.protocol.model.Refusal;
import io.fairlead.protocol.model.Text;
import io.fairlead.protocol.model.Tool;
import io.fairlead.protocol.model.ToolCall;
import io.fairlead.protocol.model.ToolResult;
import io.fairlead.protocol.model.Turn;

import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * How many tokens a conversation is, as near as can be told without its provider: text by a
 * tokenizer, tools and schemas as their JSON, media by the published formulas, and for each turn
 * and tool what OpenAI says that chat models are told around them. Thoughts of earlier turns are
 * not read again. Serves one conversation; confined to one thread.
 */
final class Estimate {
    private static final int AROUND_TURN = 3;
    private static final int AROUND_ANSWER = 3;
    private static final int AROUND_TOOL = 7;

    /** More than any model reads; what is beyond is taken to be like what was before. */
    private static final int MOST_EXACT = 4_000_000;

    private final Tokenizer tokenizer;
    private final MediaTokens media;
    private final BooleanSupplier abandoned;
    private long characters;
    private long tokens;

    /**
     * @param abandoned looked at now and then: nobody waits for it any more
     */
    Estimate(Tokenizer tokenizer, String model, BooleanSupplier abandoned) {
        this.tokenizer = tokenizer;
        this.abandoned = abandoned;
        this.media = MediaTokens.of(model);
    }

    long of(ChatRequest conversation) {
        long count = AROUND_ANSWER;
        for (Turn turn : conversation.turns()) {
            count += AROUND_TURN + turn.name().map(this::text).orElse(0L) + of(turn.parts());
        }
        for (Tool tool : conversation.tools().tools()) {
            count += AROUND_TOOL + of(tool);
        }
        if (conversation.output().format().orElse(null) instanceof OutputFormat.JsonSchema schema) {
            count += text(schema.schema().toString());
        }
        return count;
    }

    private long text(String text) {
        int exact = (int) Math.min(text.length(), MOST_EXACT - characters);
        long count =
                tokenizer.count(
                        exact == text.length() ? text : text.substring(0, exact), abandoned);
        characters += exact;
        tokens += count;
        long rest = (long) text.length() - exact;
        return count + (rest == 0 ? 0 : rest * tokens / characters);
    }

    private long of(List<Part> parts) {
        long count = 0;
        for (Part part : parts) {
            count +=
                    switch (part) {
                        case Text text -> text(text.text());
                        case Refusal refusal -> text(refusal.text());
                        case ToolCall call -> text(call.name()) + text(call.arguments());
                        case ToolResult result -> of(result.content());
                        case Foreign foreign -> text(foreign.raw().toString());
                        case Reasoning ignored -> 0;
                        case Media medium -> of(medium);
                    };
        }
        return count;
    }

    private long of(Media medium) {
        return switch (medium.source()) {
            case Source.PlainText(String text) -> text(text);
            case Source.Parts(List<Part> parts) -> of(parts);
            case Source.Inline _, Source.Url _, Source.FileId _ -> media.count(medium);
        };
    }

    private long of(Tool tool) {
        return switch (tool) {
            case Tool.Function function ->
                    text(function.name())
                            + function.description().map(it -> text(it.text())).orElse(0L)
                            + function.parameters().map(it -> text(it.toString())).orElse(0L);
            case Tool.Custom custom ->
                    text(custom.name())
                            + custom.description().map(this::text).orElse(0L)
                            + custom.format().map(it -> text(it.toString())).orElse(0L);
            case Tool.Hosted hosted -> text(hosted.raw().toString());
        };
    }
}
