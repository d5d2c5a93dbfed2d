package io.fairlead.protocol.anthropic;

import io.fairlead.protocol.adapt.AnswerRewrite;
import io.fairlead.protocol.adapt.ClaudeVersion;
import io.fairlead.protocol.adapt.Feature;
import io.fairlead.protocol.adapt.FormatRewrites;
import io.fairlead.protocol.adapt.ModelFacts;
import io.fairlead.protocol.adapt.Removals;
import io.fairlead.protocol.adapt.SchemaRewrites;
import io.fairlead.protocol.adapt.Treatment.Rewrite;
import io.fairlead.protocol.adapt.TurnRewrites;
import io.fairlead.protocol.model.ChatRequest;
import io.fairlead.protocol.model.Foreign;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Role;
import io.fairlead.protocol.model.Text;
import io.fairlead.protocol.model.Turn;
import io.fairlead.protocol.schema.SchemaDialect;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What Claude models take and don't take, by their generation and by whether they think; after
 * Anthropic's migration guides. Stateless: any thread.
 */
final class ClaudeRules {
    /** From here on answers and arguments can be held to a schema. */
    private static final int STRUCTURED = 405;

    /** From here on an answer can't be begun by the client. */
    private static final int NO_PREFILL = 406;

    /** From here on instructions may stand behind what the user says. */
    private static final int SYSTEM_AMID = 408;

    private ClaudeRules() {}

    private static boolean from(int version, ModelFacts model) {
        return ClaudeVersion.of(model.id()) >= version;
    }

    private static boolean before(int version, ModelFacts model) {
        int own = ClaudeVersion.of(model.id());
        return own != ClaudeVersion.UNKNOWN && own < version;
    }

    static Rewrite toolStrict() {
        Rewrite without = Removals.of(Feature.TOOL_STRICT);
        Rewrite inDialect = SchemaRewrites.strictParametersIn(SchemaDialect.ANTHROPIC);
        return (request, model) ->
                (before(STRUCTURED, model) ? without : inDialect).apply(request, model);
    }

    /** Older models, and Vertex AI, are given a tool that takes the answer. */
    static Rewrite schema(Variant variant) {
        Rewrite byTool = FormatRewrites.schemaByTool();
        return new Rewrite() {
            @Override
            public ChatRequest apply(ChatRequest request, ModelFacts model) {
                boolean structured =
                        model.structured()
                                .orElse(variant != Variant.VERTEX && from(STRUCTURED, model));
                return structured ? request : byTool.apply(request, model);
            }

            @Override
            public Optional<AnswerRewrite> answer(ChatRequest request) {
                return byTool.answer(request);
            }
        };
    }

    /** The format in Anthropic's dialect, and without its name: there is no word for that. */
    static Rewrite ownFormat() {
        Rewrite inDialect = SchemaRewrites.formatIn(SchemaDialect.ANTHROPIC);
        Rewrite bare = SchemaRewrites.bareFormat();
        return (request, model) -> inDialect.apply(bare.apply(request, model), model);
    }

    static Rewrite systemAmid() {
        Rewrite asUserText = TurnRewrites.asUserText();
        return (request, model) -> {
            boolean said = true;
            boolean placed = true;
            Role before = null;
            for (Turn turn : request.turns()) {
                if (turn.role().instructs() && before != null && !before.instructs()) {
                    said &= turn.beside().form(Own.ORIGIN, RequestReader.AS_MESSAGE);
                    placed &= before == Role.USER;
                }
                before = turn.role();
            }
            return said || placed && from(SYSTEM_AMID, model)
                    ? request
                    : asUserText.apply(request, model);
        };
    }

    /**
     * The beginning of an answer ends without white space, and newer models are asked to go on. The
     * provider's own pause is gone on from as it is.
     */
    static Rewrite assistantLast() {
        Rewrite userLast = TurnRewrites.userLast();
        return (request, model) -> {
            Turn last = request.turns().getLast();
            Part end = last.parts().isEmpty() ? null : last.parts().getLast();
            if (last.parts().stream().anyMatch(Foreign.class::isInstance)) {
                return request;
            }
            if (from(NO_PREFILL, model)) {
                return userLast.apply(request, model);
            }
            if (!(end instanceof Text text) || text.text().equals(text.text().stripTrailing())) {
                return request;
            }
            List<Part> parts = new ArrayList<>(last.parts());
            parts.set(parts.size() - 1, text.withText(text.text().stripTrailing()));
            List<Turn> turns = new ArrayList<>(request.turns());
            turns.set(turns.size() - 1, last.withParts(parts));
            return request.withTurns(turns);
        };
    }
}
