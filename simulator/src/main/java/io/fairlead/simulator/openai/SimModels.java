package io.fairlead.simulator.openai;

import io.fairlead.simulator.RequestedModel;

import java.util.List;
import java.util.Optional;

/**
 * The models of a simulated provider. {@code lenient} ones answer to any name, so that the provider
 * can stand for another one: what no model has behaves as the first. Immutable.
 */
public record SimModels(List<SimModel> all, boolean lenient) {

    public SimModels {
        all = List.copyOf(all);
        if (all.isEmpty()) {
            throw new IllegalArgumentException("models: none (expected: at least one)");
        }
    }

    /** The built-in models and no others. */
    public static SimModels builtIn() {
        return new SimModels(SimModel.builtIn(), false);
    }

    /** The built-in models; every other name echoes. */
    public static SimModels lenientBuiltIn() {
        return new SimModels(SimModel.builtIn(), true);
    }

    /**
     * The model of that name. What follows a dash may be anything: {@code echo-2} behaves as {@code
     * echo}, and {@code lorem-500} has that many tokens. A bare {@code fault-…} behaves as the
     * first.
     */
    Optional<SimModel> find(RequestedModel requested) {
        String name = requested.behaviour();
        for (SimModel model : all) {
            if (model.id().equals(name)) {
                return Optional.of(model);
            }
        }
        for (SimModel model : all) {
            if (name.startsWith(model.id() + "-")) {
                return Optional.of(sized(model, name.substring(model.id().length() + 1)));
            }
        }
        return lenient || name.isEmpty() ? Optional.of(all.getFirst()) : Optional.empty();
    }

    private static SimModel sized(SimModel model, String suffix) {
        boolean number = suffix.length() < 7 && suffix.chars().allMatch(Character::isDigit);
        return number
                ? new SimModel(
                        model.id(),
                        model.behaviour(),
                        model.load().withTokens(Integer.parseInt(suffix)))
                : model;
    }
}
