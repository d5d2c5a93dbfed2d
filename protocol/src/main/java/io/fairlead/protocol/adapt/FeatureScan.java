package io.fairlead.protocol.adapt;

import io.fairlead.protocol.model.ChatRequest;
import io.fairlead.protocol.model.Citation;
import io.fairlead.protocol.model.Foreign;
import io.fairlead.protocol.model.Media;
import io.fairlead.protocol.model.Output;
import io.fairlead.protocol.model.OutputFormat;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Reasoning;
import io.fairlead.protocol.model.Refusal;
import io.fairlead.protocol.model.Role;
import io.fairlead.protocol.model.Sampling;
import io.fairlead.protocol.model.Text;
import io.fairlead.protocol.model.Thinking;
import io.fairlead.protocol.model.Tool;
import io.fairlead.protocol.model.ToolCall;
import io.fairlead.protocol.model.ToolChoice;
import io.fairlead.protocol.model.ToolResult;
import io.fairlead.protocol.model.ToolUse;
import io.fairlead.protocol.model.Turn;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which features a request uses, found in one pass over it. Immutable after construction. */
public final class FeatureScan {
    private final Set<Feature> used = EnumSet.noneOf(Feature.class);

    public FeatureScan(ChatRequest request) {
        output(request.output());
        sampling(request.sampling());
        request.thinking().ifPresent(this::thinking);
        delivery(request);
        tools(request.tools());
        calls(request);
        for (Turn turn : request.turns()) {
            turn.parts().forEach(part -> part(part, turn.role()));
        }
        shape(request.turns());
    }

    public boolean uses(Feature feature) {
        return used.contains(feature);
    }

    /** All of them, in the order of {@link Feature}. */
    public Set<Feature> all() {
        return EnumSet.copyOf(used);
    }

    private void mark(boolean present, Feature feature) {
        if (present) {
            used.add(feature);
        }
    }

    private void mark(Optional<?> field, Feature feature) {
        mark(field.isPresent(), feature);
    }

    private void output(Output output) {
        mark(output.maxTokens().isEmpty(), Feature.NO_MAX_TOKENS);
        mark(output.choices().isPresent() && output.choices().get() != 1, Feature.CHOICES);
        mark(output.logProbs(), Feature.LOG_PROBS);
        mark(output.verbosity(), Feature.VERBOSITY);
        mark(
                output.audio().isPresent() || output.modalities().contains("audio"),
                Feature.AUDIO_OUT);
        mark(output.modalities().contains("image"), Feature.IMAGE_OUT);
        if (output.format().isPresent()) {
            switch (output.format().get()) {
                case OutputFormat.PlainText ignored -> {}
                case OutputFormat.AnyJson ignored -> used.add(Feature.JSON_OBJECT);
                case OutputFormat.JsonSchema ignored -> used.add(Feature.JSON_SCHEMA);
            }
        }
    }

    private void sampling(Sampling sampling) {
        mark(sampling.temperature(), Feature.TEMPERATURE);
        mark(sampling.topP(), Feature.TOP_P);
        mark(sampling.topK(), Feature.TOP_K);
        mark(sampling.minP(), Feature.MIN_P);
        mark(sampling.frequencyPenalty(), Feature.FREQUENCY_PENALTY);
        mark(sampling.presencePenalty(), Feature.PRESENCE_PENALTY);
        mark(sampling.repetitionPenalty(), Feature.REPETITION_PENALTY);
        mark(sampling.seed(), Feature.SEED);
        mark(!sampling.stop().isEmpty(), Feature.STOP);
        mark(sampling.logitBias(), Feature.LOGIT_BIAS);
    }

    private void thinking(Thinking thinking) {
        mark(thinking.effort(), Feature.REASONING_EFFORT);
        mark(thinking.budget(), Feature.REASONING_BUDGET);
        mark(thinking.mode() == Thinking.Mode.OFF, Feature.REASONING_OFF);
        mark(thinking.mode() == Thinking.Mode.ADAPTIVE, Feature.REASONING_ADAPTIVE);
        mark(thinking.summary(), Feature.REASONING_SUMMARY);
    }

    private void delivery(ChatRequest request) {
        mark(request.delivery().serviceTier(), Feature.SERVICE_TIER);
        mark(request.delivery().store(), Feature.STORE);
        mark(request.delivery().previous(), Feature.PREVIOUS);
        mark(request.delivery().background().orElse(false), Feature.BACKGROUND);
        mark(request.caller().user(), Feature.USER);
        mark(request.caller().metadata(), Feature.METADATA);
        mark(request.caller().cacheKey(), Feature.CACHE_KEY);
    }

    private void tools(ToolUse use) {
        for (Tool tool : use.tools()) {
            switch (tool) {
                case Tool.Function function -> {
                    mark(function.strict().orElse(false), Feature.TOOL_STRICT);
                    mark(function.cache(), Feature.CACHE_MARK);
                }
                case Tool.Custom ignored -> used.add(Feature.TOOL_CUSTOM);
                case Tool.Hosted ignored -> used.add(Feature.TOOL_HOSTED);
            }
        }
        mark(use.parallel(), Feature.PARALLEL_CALLS_SWITCH);
        if (use.choice().isPresent()) {
            switch (use.choice().get()) {
                case ToolChoice.Auto ignored -> {}
                case ToolChoice.None ignored -> used.add(Feature.TOOL_CHOICE_NONE);
                case ToolChoice.Required ignored -> used.add(Feature.TOOL_CHOICE_REQUIRED);
                case ToolChoice.Named ignored -> used.add(Feature.TOOL_CHOICE_NAMED);
                case ToolChoice.Allowed ignored -> used.add(Feature.TOOL_CHOICE_ALLOWED);
            }
        }
    }

    private void calls(ChatRequest request) {
        Set<String> waiting = new HashSet<>();
        Set<String> open = new HashSet<>();
        boolean any = false;
        Role before = Role.USER;
        for (Turn turn : request.turns()) {
            if (turn.role().instructs() || before != turn.role() && before == Role.USER) {
                mark(!open.isEmpty(), Feature.TOOL_CALL_UNANSWERED);
            }
            for (Part part : turn.parts()) {
                if (part instanceof ToolCall call) {
                    any = true;
                    open.add(call.id());
                    waiting.add(call.id());
                } else if (part instanceof ToolResult result) {
                    any = true;
                    open.remove(result.callId());
                    mark(!waiting.remove(result.callId()), Feature.TOOL_RESULT_ORPHAN);
                } else {
                    boolean between = turn.role() == Role.USER && !open.isEmpty();
                    mark(between, Feature.TOOL_CALL_UNANSWERED);
                }
            }
            before = turn.role();
        }
        mark(!open.isEmpty(), Feature.TOOL_CALL_UNANSWERED);
        mark(any && request.tools().tools().isEmpty(), Feature.TOOLS_UNDECLARED);
    }

    private void part(Part part, Role role) {
        mark(part.marks().cache(), Feature.CACHE_MARK);
        mark(part.marks().seal(), Feature.REASONING_SEALED);
        switch (part) {
            case Text text -> mark(!text.citations().isEmpty(), Feature.CITATIONS);
            case Media media -> {
                media(media);
                mark(role == Role.ASSISTANT, Feature.ASSISTANT_MEDIA);
            }
            case ToolCall call -> mark(call.custom(), Feature.TOOL_CUSTOM);
            case ToolResult result -> {
                mark(result.error(), Feature.TOOL_RESULT_ERROR);
                for (Part inner : result.content()) {
                    mark(inner instanceof Media, Feature.TOOL_RESULT_MEDIA);
                    part(inner, role);
                }
            }
            case Reasoning ignored -> used.add(Feature.REASONING_HISTORY);
            case Refusal ignored -> used.add(Feature.REFUSAL);
            case Foreign ignored -> used.add(Feature.FOREIGN);
        }
    }

    private void media(Media media) {
        mark(media.detail(), Feature.IMAGE_DETAIL);
        used.add(MediaFeatures.of(media));
        if (media.source() instanceof Media.Source.Parts(List<Part> parts)) {
            parts.forEach(part -> part(part, Role.USER));
        }
    }

    private void shape(List<Turn> turns) {
        Role neighbour = null;
        Role speaker = null;
        for (Turn turn : turns) {
            mark(turn.name(), Feature.PARTICIPANT_NAME);
            mark(turn.role() == Role.DEVELOPER, Feature.DEVELOPER);
            mark(isEmpty(turn) || hasBlanks(turn.parts()), Feature.EMPTY_CONTENT);
            if (turn.role().instructs()) {
                mark(speaker != null, Feature.SYSTEM_MIDWAY);
            } else {
                mark(speaker == null && turn.role() == Role.ASSISTANT, Feature.ASSISTANT_FIRST);
                mark(turn.role() == neighbour, Feature.CONSECUTIVE_ROLES);
                speaker = turn.role();
            }
            neighbour = turn.role();
        }
        mark(speaker == null, Feature.NO_USER_TURN);
        mark(speaker == Role.ASSISTANT, Feature.ASSISTANT_LAST);
    }

    /** Whether a turn says nothing: no part, or only texts without a character. */
    static boolean isEmpty(Turn turn) {
        for (Part part : turn.parts()) {
            if (!isBlank(part)) {
                return false;
            }
        }
        return true;
    }

    private static boolean hasBlanks(List<Part> parts) {
        for (Part part : parts) {
            if (isBlank(part) || part instanceof ToolResult result && hasBlanks(result.content())) {
                return true;
            }
        }
        return false;
    }

    /** Whether a part is a text that says nothing and carries no opaque state either. */
    static boolean isBlank(Part part) {
        return part instanceof Text text && text.words().isBlank() && text.marks().seal().isEmpty();
    }

    /** For tables that treat citations of a kind differently. */
    static boolean cites(Text text, Citation.Kind kind) {
        return text.citations().stream().anyMatch(citation -> citation.kind() == kind);
    }
}
