package io.fairlead.gateway.catalogue;

import io.fairlead.protocol.adapt.ModelFacts;

import java.util.List;
import java.util.Optional;

/** What translations want to know of an offered model, from the catalogue. Stateless. */
final class OfferFacts {
    private OfferFacts() {}

    static ModelFacts of(Offer offer, Catalogue catalogue) {
        Optional<Model> model = catalogue.models().model(offer.model());
        Optional<String> controls =
                offer.fact("reasoning").or(() -> model.flatMap(it -> it.fact("reasoning")));
        ThinkingFacts thinking = ThinkingFacts.of(offer.model(), controls);
        Optional<Long> maxOutput =
                offer.fact("max_output")
                        .or(() -> model.flatMap(it -> it.fact("max_output")))
                        .map(Long::valueOf);
        return new ModelFacts(
                offer.id(),
                maxOutput,
                can(offer.capabilities(), "reasoning")
                        // What can be told how much to think does.
                        .or(() -> controls.map(_ -> true))
                        .or(() -> can(offer, model, "reasoning")),
                thinking.efforts(),
                thinking.budgetMin(),
                thinking.budgetMax(),
                can(offer, model, "structured_output"),
                thinking.always(),
                thinking.unasked(),
                thinking.decides(),
                can(offer, model, "temperature"));
    }

    /** An offer tells only what differs from the model. */
    private static Optional<Boolean> can(Offer offer, Optional<Model> model, String name) {
        return can(offer.capabilities(), name)
                .or(() -> model.flatMap(it -> can(it.capabilities(), name)));
    }

    private static Optional<Boolean> can(List<String> capabilities, String name) {
        return capabilities.contains(name)
                ? Optional.of(true)
                : capabilities.contains("-" + name) ? Optional.of(false) : Optional.empty();
    }
}
