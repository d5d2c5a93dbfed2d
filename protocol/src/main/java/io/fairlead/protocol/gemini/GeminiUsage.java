package io.fairlead.protocol.gemini;

import io.fairlead.kernel.Usage;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.Json.Kind;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.model.TokenUsage;

import java.util.List;
import java.util.Optional;

/**
 * Usage: {@code promptTokenCount} includes what was cached, {@code candidatesTokenCount} excludes
 * thoughts, what tools brought in is counted apart, and the total has all of it. Stateless: any
 * thread.
 */
final class GeminiUsage {
    private static final String NO_TOTAL = "total:none";

    /** By number, as Vertex AI has them. */
    private static final List<String> MODALITIES =
            List.of("", "TEXT", "IMAGE", "VIDEO", "AUDIO", "DOCUMENT");

    private GeminiUsage() {}

    /** The usage of an answer, if it has any counts; it is taken then. */
    static Optional<TokenUsage> read(ProtoFields answer) {
        Optional<Json> whole = answer.peek("usageMetadata").filter(Json::isObject);
        if (whole.isEmpty() || !hasCounts(whole.get())) {
            return Optional.empty();
        }
        ProtoFields usage = answer.alone("usageMetadata");
        long prompt = usage.positive("promptTokenCount");
        long candidates = usage.positive("candidatesTokenCount");
        long thoughts = usage.positive("thoughtsTokenCount");
        long cached = usage.positive("cachedContentTokenCount");
        long tools = count(usage, "toolUsePromptTokenCount");
        long input = sum(prompt, tools);
        long output = sum(candidates, thoughts);
        Optional<Long> total =
                usage.peek("totalTokenCount").filter(GeminiUsage::isNumber).map(Json::whole);
        if (total.isEmpty()) {
            usage.form(NO_TOTAL);
        } else if (total.get() == sum(input, output)) {
            usage.take("totalTokenCount");
        }
        Usage counts =
                new Usage(
                        input,
                        cached,
                        0,
                        sum(
                                details(usage, "promptTokensDetails", "AUDIO"),
                                details(usage, "toolUsePromptTokensDetails", "AUDIO")),
                        sum(
                                details(usage, "promptTokensDetails", "IMAGE"),
                                details(usage, "toolUsePromptTokensDetails", "IMAGE")),
                        output,
                        thoughts,
                        details(usage, "candidatesTokensDetails", "AUDIO"),
                        details(usage, "candidatesTokensDetails", "IMAGE"));
        return Optional.of(new TokenUsage(counts, usage.rest()));
    }

    private static boolean hasCounts(Json usage) {
        for (Json.Member member : usage.members()) {
            if (isNumber(member.value()) && member.value().whole() > 0) {
                return true;
            }
        }
        return false;
    }

    private static boolean isNumber(Json value) {
        return value.kind() == Kind.NUMBER;
    }

    private static long count(ProtoFields usage, String name) {
        return usage.peek(name)
                .filter(GeminiUsage::isNumber)
                .map(value -> Math.max(0, value.whole()))
                .orElse(0L);
    }

    private static long details(ProtoFields usage, String name, String modality) {
        long tokens = 0;
        for (Json detail : usage.peek(name).orElse(Json.EMPTY_ARRAY).elements()) {
            Optional<Json> said = detail.get("modality");
            boolean same =
                    said.isPresent()
                            && (said.get().is(modality)
                                    || (isNumber(said.get())
                                            && said.get().whole() == MODALITIES.indexOf(modality)));
            if (same) {
                Optional<Json> count = detail.get("tokenCount").filter(GeminiUsage::isNumber);
                tokens = sum(tokens, count.map(c -> Math.max(0, c.whole())).orElse(0L));
            }
        }
        return tokens;
    }

    private static long sum(long a, long b) {
        return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
    }

    static void write(TokenUsage usage, JsonObject answer) {
        Spelling spelling = new Spelling(usage.beside());
        Usage counts = usage.counts();
        boolean own = usage.beside().origin().filter(ProtoFields.ORIGIN::equals).isPresent();
        long tools = own ? toolTokens(usage) : 0;
        JsonObject object = answer.object("usageMetadata");
        long candidates = counts.outputTokens() - counts.reasoningTokens();
        positive(object, "promptTokenCount", counts.inputTokens() - tools);
        positive(object, "candidatesTokenCount", candidates);
        positive(object, "cachedContentTokenCount", counts.cachedInputTokens());
        positive(object, "thoughtsTokenCount", counts.reasoningTokens());
        if (!spelling.form(NO_TOTAL) && !usage.beside().members().containsKey("totalTokenCount")) {
            object.put("totalTokenCount", sum(counts.inputTokens(), counts.outputTokens()));
        }
        if (!own) {
            details(
                    object,
                    "promptTokensDetails",
                    counts.inputTokens(),
                    counts.audioInputTokens(),
                    counts.imageInputTokens());
            details(
                    object,
                    "candidatesTokensDetails",
                    candidates,
                    counts.audioOutputTokens(),
                    counts.imageOutputTokens());
        }
        spelling.rest(object);
    }

    private static long toolTokens(TokenUsage usage) {
        Json count = usage.beside().members().get("toolUsePromptTokenCount");
        return count != null && isNumber(count) ? Math.max(0, count.whole()) : 0;
    }

    private static void positive(JsonObject object, String name, long count) {
        if (count > 0) {
            object.put(name, count);
        }
    }

    private static void details(JsonObject object, String name, long all, long audio, long images) {
        if (audio > 0 || images > 0) {
            detail(object, name, "TEXT", all - audio - images);
            detail(object, name, "IMAGE", images);
            detail(object, name, "AUDIO", audio);
        }
    }

    private static void detail(JsonObject object, String name, String modality, long count) {
        if (count > 0) {
            object.array(name).addObject().put("modality", modality).put("tokenCount", count);
        }
    }
}
