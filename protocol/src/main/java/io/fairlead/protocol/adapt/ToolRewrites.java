package io.fairlead.protocol.adapt;

import io.fairlead.protocol.adapt.Treatment.Rewrite;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.model.ChatRequest;
import io.fairlead.protocol.model.Identity;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Role;
import io.fairlead.protocol.model.Text;
import io.fairlead.protocol.model.Tool;
import io.fairlead.protocol.model.ToolCall;
import io.fairlead.protocol.model.ToolChoice;
import io.fairlead.protocol.model.ToolResult;
import io.fairlead.protocol.model.ToolUse;
import io.fairlead.protocol.model.Turn;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Brings tools, calls and results into a form that a protocol takes. Stateless: any thread. */
public final class ToolRewrites {
    /** Arguments of any kind. */
    static final Json OPEN_SCHEMA =
            Json.parse("{\"type\":\"object\",\"properties\":{},\"additionalProperties\":true}");

    private static final String ERROR = "Error: ";

    private ToolRewrites() {}

    /**
     * For TOOL_HOSTED: tools that run at another provider are left out, and with them a choice of
     * them.
     */
    public static Rewrite hostedLeftOut() {
        return (request, model) -> {
            List<Tool> kept = new ArrayList<>();
            for (Tool tool : request.tools().tools()) {
                if (!(tool instanceof Tool.Hosted)) {
                    kept.add(tool);
                }
            }
            ToolUse use = ChoiceRewrites.kept(request.tools(), kept);
            return Identity.same(use, request.tools()) ? request : request.withTools(use);
        };
    }

    /** For TOOL_CUSTOM: it is a function with the free text as its one parameter. */
    public static Rewrite customAsFunction() {
        return new CustomTools();
    }

    /** For TOOLS_UNDECLARED: what was called is declared, and must not be called again. */
    public static Rewrite declared() {
        return (request, model) -> {
            if (!request.tools().tools().isEmpty()) {
                return request;
            }
            Set<String> names = new LinkedHashSet<>();
            for (Turn turn : request.turns()) {
                for (Part part : turn.parts()) {
                    if (part instanceof ToolCall call) {
                        names.add(call.name());
                    }
                }
            }
            if (names.isEmpty()) {
                return request;
            }
            List<Tool> tools = new ArrayList<>();
            for (String name : names) {
                tools.add(
                        Tool.Function.of(
                                name, "A tool used earlier in this conversation.", OPEN_SCHEMA));
            }
            return request.withTools(
                    ToolUse.NONE.withTools(tools).withChoice(Optional.of(new ToolChoice.None())));
        };
    }

    /** For TOOL_RESULT_ERROR: the text of the result says that it is one. */
    public static Rewrite errorsMarked() {
        return (request, model) ->
                PartRewrite.everywhere(
                        request,
                        part ->
                                part instanceof ToolResult result && result.error()
                                        ? marked(result)
                                        : part);
    }

    private static ToolResult marked(ToolResult result) {
        List<Part> content = new ArrayList<>(result.content());
        for (int i = 0; i < content.size(); i++) {
            if (content.get(i) instanceof Text text) {
                content.set(i, text.withText(ERROR + text.text()));
                return result.withoutError().withContent(content);
            }
        }
        content.addFirst(Text.of("Error"));
        return result.withoutError().withContent(content);
    }

    /** For TOOL_RESULT_ORPHAN: the user tells what the tool gave. */
    public static Rewrite orphansAsText() {
        return (request, model) -> {
            Set<String> waiting = new HashSet<>();
            List<Turn> turns = new ArrayList<>(request.turns().size());
            boolean changed = false;
            for (Turn turn : request.turns()) {
                List<Part> parts = new ArrayList<>(turn.parts().size());
                boolean now = false;
                for (Part part : turn.parts()) {
                    if (part instanceof ToolCall call) {
                        waiting.add(call.id());
                    }
                    if (part instanceof ToolResult result && !waiting.remove(result.callId())) {
                        told(result, parts);
                        now = true;
                    } else {
                        parts.add(part);
                    }
                }
                changed |= now;
                turns.add(now ? turn.withParts(parts) : turn);
            }
            return changed ? request.withTurns(turns) : request;
        };
    }

    private static void told(ToolResult result, List<Part> parts) {
        String of =
                result.name().orElseGet(() -> "call " + result.callId())
                        + (result.error() ? " (failed)" : "");
        parts.add(Text.of("Result of " + of + ":"));
        parts.addAll(result.content());
    }

    /**
     * For TOOL_CALL_UNANSWERED: the results of calls stand directly behind them and before all
     * else; a call without one gets one that says so.
     */
    public static Rewrite answered() {
        return (request, model) ->
                new FeatureScan(request).uses(Feature.TOOL_CALL_UNANSWERED)
                        ? new ResultOrder(request).inOrder()
                        : request;
    }

    /**
     * For TOOL_RESULT_MEDIA: media stand behind the results, said by the user, and a note in the
     * result tells.
     */
    public static Rewrite mediaBehindResults() {
        return ResultMedia::behind;
    }

    /** Names of tools by the ids of their calls. */
    static Map<String, String> namesById(ChatRequest request) {
        Map<String, String> names = new HashMap<>();
        for (Turn turn : request.turns()) {
            for (Part part : turn.parts()) {
                if (part instanceof ToolCall call) {
                    names.put(call.id(), call.name());
                }
            }
        }
        return names;
    }

    /**
     * For protocols that want a name with every result ({@link Differences.Builder#always}): each
     * bears that of its call.
     */
    public static Rewrite resultsNamed() {
        return (request, model) -> {
            Map<String, String> names = namesById(request);
            return PartRewrite.everywhere(
                    request,
                    part ->
                            part instanceof ToolResult result
                                            && result.name().isEmpty()
                                            && names.containsKey(result.callId())
                                    ? result.withName(Optional.of(names.get(result.callId())))
                                    : part);
        };
    }

    static Turn results(List<Part> results) {
        return Turn.of(Role.USER, results);
    }
}
