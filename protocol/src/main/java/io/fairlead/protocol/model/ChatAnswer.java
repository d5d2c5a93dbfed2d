package io.fairlead.protocol.model;

import java.util.List;
import java.util.Optional;

/**
 * A whole answer. Immutable.
 *
 * @param id of the provider's, or empty
 * @param model that answered, as the provider calls it, or empty
 * @param created seconds since 1970
 * @param serviceTier the one it was made in
 */
public record ChatAnswer(
        String id,
        String model,
        Optional<Long> created,
        List<Choice> choices,
        Optional<TokenUsage> usage,
        Optional<String> serviceTier,
        Beside beside) {
    public ChatAnswer {
        choices = List.copyOf(choices);
    }

    public static ChatAnswer of(String id, String model, TokenUsage usage, Choice... choices) {
        return new ChatAnswer(
                id,
                model,
                Optional.empty(),
                List.of(choices),
                Optional.of(usage),
                Optional.empty(),
                Beside.NONE);
    }

    public ChatAnswer withId(String newId) {
        return new ChatAnswer(newId, model, created, choices, usage, serviceTier, beside);
    }

    public ChatAnswer withModel(String newModel) {
        return new ChatAnswer(id, newModel, created, choices, usage, serviceTier, beside);
    }

    public ChatAnswer withCreated(long seconds) {
        return new ChatAnswer(id, model, Optional.of(seconds), choices, usage, serviceTier, beside);
    }

    public ChatAnswer withChoices(List<Choice> newChoices) {
        return new ChatAnswer(id, model, created, newChoices, usage, serviceTier, beside);
    }
}
