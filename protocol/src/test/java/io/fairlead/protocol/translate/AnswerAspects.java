package io.fairlead.protocol.translate;

import io.fairlead.protocol.codec.Arguments;
import io.fairlead.protocol.model.ChatAnswer;
import io.fairlead.protocol.model.Choice;
import io.fairlead.protocol.model.Finish;
import io.fairlead.protocol.model.Foreign;
import io.fairlead.protocol.model.Media;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Reasoning;
import io.fairlead.protocol.model.Refusal;
import io.fairlead.protocol.model.Text;
import io.fairlead.protocol.model.TokenUsage;
import io.fairlead.protocol.model.ToolCall;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an answer says, aspect by aspect, so that what two answers differ in has a name. Stateless:
 * any thread.
 */
final class AnswerAspects {
    private AnswerAspects() {}

    /** By aspect; an aspect that the answer has nothing of is not there. */
    static Map<String, List<Object>> of(ChatAnswer answer) {
        Map<String, List<Object>> aspects = new LinkedHashMap<>();
        say(aspects, "model", answer.model());
        answer.created().ifPresent(created -> say(aspects, "created", created));
        answer.serviceTier().ifPresent(tier -> say(aspects, "tier", tier));
        answer.usage().map(TokenUsage::counts).ifPresent(usage -> say(aspects, "usage", usage));
        for (Choice choice : answer.choices()) {
            int at = choice.index();
            choice.finish().map(Finish::reason).ifPresent(f -> say(aspects, "finish", f));
            choice.finish()
                    .flatMap(Finish::stopSequence)
                    .ifPresent(sequence -> say(aspects, "stopSequence", sequence));
            StringBuilder text = new StringBuilder();
            StringBuilder thoughts = new StringBuilder();
            for (Part part : choice.parts()) {
                part.marks().seal().ifPresent(seal -> say(aspects, "seals", seal.data()));
                switch (part) {
                    case Text words -> {
                        text.append(words.text());
                        words.citations()
                                .forEach(c ->
                                        say(aspects, "citations", c.url().or(c::title).orElse("")));
                    }
                    case Refusal refusal -> say(aspects, "refusal", refusal.text());
                    case Reasoning reasoning -> {
                        for (Reasoning one : reasoning.apart()) {
                            thoughts.append(one.text().replaceAll("\\s+", ""));
                        }
                    }
                    case ToolCall call ->
                            say(aspects, "calls", call.name() + Arguments.object(call.arguments()));
                    case Media media ->
                            say(
                                    aspects,
                                    "media",
                                    media.source() instanceof Media.Source.Inline inline
                                            ? media.kind() + ":" + inline.base64()
                                            : media);
                    case Foreign foreign -> say(aspects, "foreign", foreign.type());
                    case io.fairlead.protocol.model.ToolResult result ->
                            say(aspects, "results", result.callId());
                }
            }
            if (!text.isEmpty()) {
                say(aspects, "text", at + ": " + text);
            }
            if (!thoughts.isEmpty()) {
                say(aspects, "reasoning", at + ": " + thoughts);
            }
            if (!choice.logProbs().isEmpty()) {
                say(
                        aspects,
                        "logprobs",
                        choice.logProbs().stream()
                                .map(token ->
                                        token.token()
                                                + token.logProb().stripTrailingZeros()
                                                + token.top().size())
                                .toList());
            }
        }
        return aspects;
    }

    private static void say(Map<String, List<Object>> aspects, String name, Object what) {
        aspects.computeIfAbsent(name, n -> new ArrayList<>()).add(what);
    }
}
