package io.fairlead.protocol.translate;

import io.fairlead.protocol.adapt.Feature;
import io.fairlead.protocol.codec.Arguments;
import io.fairlead.protocol.model.ChatRequest;
import io.fairlead.protocol.model.Foreign;
import io.fairlead.protocol.model.Media;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Reasoning;
import io.fairlead.protocol.model.Refusal;
import io.fairlead.protocol.model.Role;
import io.fairlead.protocol.model.Text;
import io.fairlead.protocol.model.ToolCall;
import io.fairlead.protocol.model.ToolResult;
import io.fairlead.protocol.model.Turn;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a request asks for, aspect by aspect, so that what two requests differ in has a name, and
 * the features that may be its reason. Stateless: any thread.
 */
final class RequestAspects {
    private static final Set<Feature> MEDIA =
            EnumSet.range(Feature.IMAGE_INLINE, Feature.VIDEO_FILE);

    /** What is said may be marked, moved to another role, or stand for what can't be said. */
    private static final Set<Feature> TEXT = EnumSet.range(Feature.CITATIONS, Feature.NO_USER_TURN);

    static {
        TEXT.addAll(MEDIA);
        TEXT.addAll(
                EnumSet.of(
                        Feature.JSON_OBJECT,
                        Feature.JSON_SCHEMA,
                        Feature.TOOL_CHOICE_NONE,
                        Feature.TOOL_CHOICE_NAMED,
                        Feature.TOOL_CHOICE_REQUIRED,
                        Feature.TOOL_CHOICE_ALLOWED,
                        Feature.TOOL_RESULT_MEDIA,
                        Feature.TOOL_RESULT_ORPHAN,
                        Feature.TOOL_CALL_UNANSWERED,
                        Feature.TOOLS_UNDECLARED,
                        Feature.REASONING_HISTORY));
        MEDIA.addAll(EnumSet.of(Feature.TOOL_RESULT_MEDIA, Feature.ASSISTANT_MEDIA));
    }

    private RequestAspects() {}

    static Map<String, Object> of(ChatRequest request) {
        Map<String, Object> aspects = new LinkedHashMap<>();
        said(request, aspects);
        return aspects;
    }

    private static void said(ChatRequest request, Map<String, Object> aspects) {
        Map<Role, StringBuilder> text = new LinkedHashMap<>();
        Map<String, String> names = new HashMap<>();
        List<Object> calls = new ArrayList<>();
        List<Object> results = new ArrayList<>();
        List<Object> media = new ArrayList<>();
        List<Object> seals = new ArrayList<>();
        List<Object> foreign = new ArrayList<>();
        StringBuilder thoughts = new StringBuilder();
        for (Turn turn : request.turns()) {
            for (Part part : turn.parts()) {
                part.marks().seal().ifPresent(seal -> seals.add(seal.data()));
                switch (part) {
                    case Text words when isName(words, request) -> {}
                    case Text words -> {
                        text.computeIfAbsent(turn.role(), r -> new StringBuilder())
                                .append(words.text().strip());
                    }
                    case Refusal refusal -> {
                        text.computeIfAbsent(turn.role(), r -> new StringBuilder())
                                .append(refusal.text());
                    }
                    case Reasoning reasoning -> {
                        thoughts.append(reasoning.text());
                    }
                    case ToolCall call -> {
                        names.put(call.id(), call.name());
                        calls.add(call.name() + Arguments.object(call.arguments()));
                    }
                    case ToolResult result -> {
                        results.add(names.getOrDefault(result.callId(), ""));
                        results.add(contents(result));
                    }
                    case Media one -> {
                        media.add(
                                one.source() instanceof Media.Source.Inline inline
                                        ? one.kind() + ":" + inline.base64()
                                        : one.source() instanceof Media.Source.Url url
                                                ? one.kind() + ":" + url.url()
                                                : one.kind());
                    }
                    case Foreign one -> {
                        foreign.add(one.type());
                    }
                }
            }
        }
        text.forEach((role, words) ->
                aspects.put("text." + role, words.toString().replaceAll("\\s+", "")));
        aspects.put("calls", calls);
        aspects.put("results", results);
        aspects.put("media", media);
        aspects.put("seals", seals);
        aspects.put("foreign", foreign);
        aspects.put("thoughts", thoughts.toString());
    }

    /** The name of a document, said beside it where it can't bear one. */
    private static boolean isName(Text words, ChatRequest request) {
        String text = words.text();
        boolean documents =
                request.turns().stream()
                        .flatMap(turn -> turn.parts().stream())
                        .anyMatch(Media.class::isInstance);
        return documents
                && text.length() < 100
                && (text.startsWith("Document")
                        || text.startsWith("https://")
                        || text.matches("[\\w-]+\\.\\w{2,4}:?"));
    }

    /** The words of a result, and which media stand among them. */
    private static List<Object> contents(ToolResult result) {
        List<Object> contents = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (Part part : result.content()) {
            if (part instanceof Text words) {
                text.append(words.text());
            } else if (part instanceof Media) {
                // Some protocols tell the kind by the type, whatever the client called it.
                contents.add("media");
            } else {
                contents.add(part);
            }
        }
        contents.add(text.toString().strip());
        contents.add(result.error());
        return contents;
    }

    /** Which features may be the reason for a difference in an aspect. */
    private static final Map<String, Set<Feature>> REASONS =
            Map.ofEntries(
                    Map.entry("sampling.temperature", EnumSet.of(Feature.TEMPERATURE)),
                    Map.entry("sampling.topP", EnumSet.of(Feature.TOP_P)),
                    Map.entry("sampling.topK", EnumSet.of(Feature.TOP_K)),
                    Map.entry("sampling.minP", EnumSet.of(Feature.MIN_P)),
                    Map.entry("sampling.frequencyPenalty", EnumSet.of(Feature.FREQUENCY_PENALTY)),
                    Map.entry("sampling.presencePenalty", EnumSet.of(Feature.PRESENCE_PENALTY)),
                    Map.entry("sampling.repetitionPenalty", EnumSet.of(Feature.REPETITION_PENALTY)),
                    Map.entry("sampling.seed", EnumSet.of(Feature.SEED)),
                    Map.entry("sampling.stop", EnumSet.of(Feature.STOP)),
                    Map.entry("sampling.logitBias", EnumSet.of(Feature.LOGIT_BIAS)),
                    Map.entry(
                            "output.maxTokens",
                            // What is thought counts as well.
                            EnumSet.of(
                                    Feature.NO_MAX_TOKENS,
                                    Feature.REASONING_BUDGET,
                                    Feature.REASONING_EFFORT)),
                    Map.entry("output.choices", EnumSet.of(Feature.CHOICES)),
                    Map.entry("output.logProbs", EnumSet.of(Feature.LOG_PROBS)),
                    Map.entry(
                            "output.format", EnumSet.of(Feature.JSON_OBJECT, Feature.JSON_SCHEMA)),
                    Map.entry("output.verbosity", EnumSet.of(Feature.VERBOSITY)),
                    Map.entry("output.audio", EnumSet.of(Feature.AUDIO_OUT)),
                    Map.entry(
                            "output.modalities", EnumSet.of(Feature.AUDIO_OUT, Feature.IMAGE_OUT)),
                    Map.entry(
                            "thinking",
                            EnumSet.of(
                                    Feature.REASONING_EFFORT,
                                    Feature.REASONING_BUDGET,
                                    Feature.REASONING_OFF,
                                    Feature.REASONING_ADAPTIVE,
                                    Feature.REASONING_SUMMARY)),
                    Map.entry("delivery.serviceTier", EnumSet.of(Feature.SERVICE_TIER)),
                    Map.entry("delivery.background", EnumSet.of(Feature.BACKGROUND)),
                    Map.entry("tools.tools.cache", EnumSet.of(Feature.CACHE_MARK)),
                    Map.entry("delivery.store", EnumSet.of(Feature.STORE)),
                    Map.entry("delivery.previous", EnumSet.of(Feature.PREVIOUS)),
                    Map.entry("caller.user", EnumSet.of(Feature.USER, Feature.METADATA)),
                    Map.entry("caller.metadata", EnumSet.of(Feature.METADATA, Feature.USER)),
                    Map.entry("caller.cacheKey", EnumSet.of(Feature.CACHE_KEY)),
                    Map.entry(
                            "tools.choice",
                            EnumSet.of(
                                    Feature.TOOL_CHOICE_ALLOWED,
                                    Feature.TOOL_CHOICE_NAMED,
                                    Feature.TOOL_CHOICE_REQUIRED,
                                    Feature.TOOL_CHOICE_NONE,
                                    Feature.TOOL_HOSTED,
                                    Feature.TOOLS_UNDECLARED,
                                    Feature.JSON_OBJECT,
                                    Feature.JSON_SCHEMA)),
                    Map.entry(
                            "tools.parallel",
                            EnumSet.of(Feature.PARALLEL_CALLS_SWITCH, Feature.TOOL_HOSTED)),
                    Map.entry(
                            "tools.tools",
                            EnumSet.of(
                                    Feature.TOOL_HOSTED,
                                    Feature.TOOL_CUSTOM,
                                    Feature.TOOL_STRICT,
                                    Feature.TOOLS_UNDECLARED,
                                    Feature.TOOL_CHOICE_NAMED,
                                    Feature.TOOL_CHOICE_NONE,
                                    Feature.TOOL_CHOICE_ALLOWED,
                                    Feature.JSON_OBJECT,
                                    Feature.JSON_SCHEMA)),
                    Map.entry("text", TEXT),
                    Map.entry(
                            "calls",
                            EnumSet.of(
                                    Feature.TOOL_CUSTOM,
                                    Feature.TOOL_RESULT_ORPHAN,
                                    Feature.TOOL_CALL_UNANSWERED,
                                    Feature.TOOLS_UNDECLARED)),
                    Map.entry(
                            "results",
                            EnumSet.of(
                                    Feature.TOOL_RESULT_ERROR,
                                    Feature.TOOL_RESULT_MEDIA,
                                    Feature.TOOL_RESULT_ORPHAN,
                                    Feature.TOOL_CALL_UNANSWERED,
                                    Feature.TOOLS_UNDECLARED,
                                    Feature.IMAGE_DETAIL,
                                    Feature.FOREIGN,
                                    Feature.EMPTY_CONTENT)),
                    Map.entry("media", MEDIA),
                    Map.entry(
                            "seals",
                            EnumSet.of(Feature.REASONING_SEALED, Feature.REASONING_HISTORY)),
                    Map.entry("foreign", EnumSet.of(Feature.FOREIGN)),
                    Map.entry(
                            "thoughts",
                            EnumSet.of(Feature.REASONING_HISTORY, Feature.REASONING_SEALED)));

    /**
     * Whether a difference in this aspect, or at this path, may come of one of these features. What
     * nothing is known of can come of none.
     */
    static boolean touched(String aspect, Set<Feature> features) {
        String name = aspect.startsWith("text.") ? "text" : aspect;
        while (!REASONS.containsKey(name) && name.contains(".")) {
            name = name.substring(0, name.lastIndexOf('.'));
        }
        return REASONS.getOrDefault(name, Set.of()).stream().anyMatch(features::contains);
    }
}
