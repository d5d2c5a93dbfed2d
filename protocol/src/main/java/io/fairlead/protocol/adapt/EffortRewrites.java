package io.fairlead.protocol.adapt;

import io.fairlead.protocol.adapt.Treatment.Rewrite;
import io.fairlead.protocol.model.ChatRequest;
import io.fairlead.protocol.model.Identity;
import io.fairlead.protocol.model.Thinking;
import io.fairlead.protocol.model.Thinking.Mode;

import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Says how much to think in the words that a protocol and its model take. Those named {@code
 * ForModel} are for owners whose models differ in that; what a model takes already stays as it is.
 * Stateless: any thread.
 */
public final class EffortRewrites {
    private EffortRewrites() {}

    /** Effort becomes a budget. */
    public static Rewrite effortAsBudget(ThinkingStyle style) {
        return (request, model) -> withBudgetOfEffort(request, model, style);
    }

    /** Effort becomes a budget if that is what the model takes, else a word it knows. */
    public static Rewrite effortForModel(ThinkingStyle style) {
        return (request, facts) -> {
            ModelFacts model = style.known(facts);
            Thinking thinking = thinking(request);
            if (thinking.budget().isPresent() && style.takesBudget(model)) {
                return changed(request, t -> t.withEffort(Optional.empty()));
            }
            if (thinking.mode() == Mode.ADAPTIVE && !style.takesWords(model)) {
                // Left to the rewriting of that mode: it knows the model better, or says it all.
                return request;
            }
            boolean inWords = style.takesWords(model) && model.decides().orElse(false);
            if (style.takesBudget(model) && !inWords && thinking.mode() != Mode.ADAPTIVE) {
                return withBudgetOfEffort(request, model, style);
            }
            return withWord(request, model, style);
        };
    }

    /** Effort becomes the nearest word that the model takes. */
    public static Rewrite effortAsWord() {
        return (request, model) -> {
            String effort = thinking(request).effort().orElse(EffortBudget.MEDIUM);
            String word = EffortBudget.nearest(effort, model.efforts());
            return word.equals(effort)
                    ? request
                    : changed(request, t -> t.withEffort(Optional.of(word)));
        };
    }

    /** A budget becomes the word for effort that comes nearest to it. */
    public static Rewrite budgetAsEffort() {
        return (request, model) -> withWordOfBudget(request, model, Mode.DEFAULT);
    }

    /**
     * A budget is brought into the range of the model, and the limit of output tokens above it; a
     * model that takes only words gets one.
     */
    public static Rewrite budgetForModel(ThinkingStyle style) {
        return (request, facts) -> {
            ModelFacts model = style.known(facts);
            if (style.takesWords(model) && !style.takesBudget(model)) {
                return withWordOfBudget(request, model, modeOfWords(style));
            }
            long budget = thinking(request).budget().orElse(0L);
            return withBudget(request, budget, model, style);
        };
    }

    /** Not to think becomes the word for that, or for the least the model can do. */
    public static Rewrite offAsWord() {
        return (request, model) ->
                changed(
                        request,
                        t ->
                                t.withMode(Mode.DEFAULT)
                                        .withBudget(Optional.empty())
                                        .withEffort(
                                                Optional.of(
                                                        EffortBudget.nearest(
                                                                EffortBudget.NONE,
                                                                model.efforts()))));
    }

    /** Not to think becomes the least thinking, for models that can't do without. */
    public static Rewrite offForModel(ThinkingStyle style) {
        return (request, facts) -> {
            ModelFacts model = style.known(facts);
            if (!model.thinksAlways().orElse(false)) {
                return request;
            }
            if (style.takesBudget(model)) {
                Thinking least = thinking(request).withMode(Mode.ON).withEffort(Optional.empty());
                return withBudget(request.withThinking(Optional.of(least)), 1, model, style);
            }
            return offAsWord().apply(request, model);
        };
    }

    /** To think as much as it likes is what the model does when nothing is said. */
    public static Rewrite adaptiveAsDefault() {
        return (request, model) ->
                request.withThinking(
                        request.thinking()
                                .map(thinking -> thinking.withMode(Mode.DEFAULT))
                                .filter(EffortRewrites::saysMore));
    }

    private static boolean saysMore(Thinking thinking) {
        return thinking.effort().isPresent()
                || thinking.budget().isPresent()
                || thinking.summary().isPresent()
                || thinking.shown().isPresent();
    }

    /**
     * To think as much as it likes becomes a budget, for models that must be given one: that of the
     * effort that is asked for, else of a medium one. Where a word for effort says it all, the word
     * is all that is said.
     */
    public static Rewrite adaptiveForModel(ThinkingStyle style) {
        return (request, facts) -> {
            ModelFacts model = style.known(facts);
            boolean effort = thinking(request).effort().isPresent();
            if (!style.adaptive() && (effort || style.takesWords(model))) {
                return style.takesBudget(model)
                        ? withBudgetOfEffort(request, model, style)
                        : adaptiveAsDefault().apply(request, model);
            }
            boolean decides =
                    model.decides()
                            .orElse(
                                    !style.adaptive()
                                            || !model.takesBudget()
                                            || style.takesWords(model));
            return decides ? request : withBudgetOfEffort(request, model, style);
        };
    }

    private static ChatRequest withBudgetOfEffort(
            ChatRequest request, ModelFacts model, ThinkingStyle style) {
        Thinking thinking = thinking(request);
        String effort = thinking.effort().orElse(EffortBudget.MEDIUM);
        if (effort.equals(EffortBudget.NONE)) {
            return changed(request, t -> t.withMode(Mode.OFF).withEffort(Optional.empty()));
        }
        long budget = EffortBudget.budget(effort, request.output().maxTokens(), model, style);
        Thinking bare = thinking.withEffort(Optional.empty());
        return withBudget(request.withThinking(Optional.of(bare)), budget, model, style);
    }

    private static ChatRequest withBudget(
            ChatRequest request, long wanted, ModelFacts model, ThinkingStyle style) {
        long budget = EffortBudget.within(wanted, model, style);
        ChatRequest roomy = request;
        Optional<Long> limit = request.output().maxTokens();
        if (style.insideMaxTokens() && limit.isPresent() && limit.get() <= budget) {
            // The client's limit then is that of what it sees of the answer.
            long room = Math.max(limit.get(), 1);
            long most = model.maxOutput().orElse(Long.MAX_VALUE);
            long raised = Math.min(budget + room, most);
            budget = Math.min(budget, raised - room);
            if (budget < EffortBudget.within(0, model, style)) {
                return changed(request, t -> t.withMode(Mode.OFF).withBudget(Optional.empty()));
            }
            roomy = request.withOutput(request.output().withMaxTokens(Optional.of(raised)));
        }
        Thinking thinking = thinking(roomy);
        Optional<Long> said = Optional.of(budget);
        return Identity.same(roomy, request)
                        && thinking.mode() == Mode.ON
                        && thinking.budget().equals(said)
                        && thinking.equals(request.thinking().orElse(null))
                ? request
                : changed(roomy, t -> t.withMode(Mode.ON).withBudget(said));
    }

    private static ChatRequest withWord(
            ChatRequest request, ModelFacts model, ThinkingStyle style) {
        Thinking thinking = thinking(request);
        String effort = thinking.effort().orElse(EffortBudget.MEDIUM);
        if (effort.equals(EffortBudget.NONE) && !model.efforts().contains(EffortBudget.NONE)) {
            return changed(request, t -> t.withMode(Mode.OFF).withEffort(Optional.empty()));
        }
        String word = EffortBudget.nearest(effort, model.efforts());
        Mode mode =
                thinking.mode() == Mode.DEFAULT && style.takesWords(model)
                        ? modeOfWords(style)
                        : thinking.mode();
        return word.equals(effort) && mode == thinking.mode()
                ? request
                : changed(request, t -> t.withMode(mode).withEffort(Optional.of(word)));
    }

    private static ChatRequest withWordOfBudget(ChatRequest request, ModelFacts model, Mode mode) {
        Thinking thinking = thinking(request);
        Optional<String> effort =
                thinking.effort()
                        .or(() ->
                                thinking.budget()
                                        .map(budget ->
                                                EffortBudget.effort(
                                                        budget,
                                                        request.output().maxTokens(),
                                                        model)));
        return changed(
                request, t -> t.withMode(mode).withBudget(Optional.empty()).withEffort(effort));
    }

    private static Mode modeOfWords(ThinkingStyle style) {
        return style.adaptive() ? Mode.ADAPTIVE : Mode.DEFAULT;
    }

    private static Thinking thinking(ChatRequest request) {
        return request.thinking().orElse(Thinking.ofEffort(EffortBudget.MEDIUM));
    }

    private static ChatRequest changed(ChatRequest request, UnaryOperator<Thinking> change) {
        return request.withThinking(Optional.of(change.apply(thinking(request))));
    }
}
