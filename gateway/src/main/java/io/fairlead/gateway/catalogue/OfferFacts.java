package io.fairlead.gateway.catalogue;

import io.fairlead.protocol.adapt.ModelFacts;

import java.util.List;
import java.util.Optional;

/** What translations want to know of an offered model, from the catalogue. Stateless. */
final class OfferFacts {
    private OfferFacts() {}

    static ModelFacts of(Offer offer, Catalogue catalogue) {
        Optional<Model> model = catalogue.models().model(offer.model());
        List<String> capabilities =
                offer.capabilities().isEmpty()
                        ? model.map(Model::capabilities).orElse(List.of())
                        : offer.capabilities();
        return new ModelFacts(
                offer.id(),
                number(offer.fact("max_output").or(() -> fact(model, "max_output"))),
                can(capabilities, "reasoning"),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                can(capabilities, "structured_output"));
    }

    private static Optional<String> fact(Optional<Model> model, String name) {
        return model.flatMap(it -> it.fact(name));
    }

    private static Optional<Long> number(Optional<String> text) {
        return text.map(Long::valueOf);
    }

    private static Optional<Boolean> can(List<String> capabilities, String name) {
        return capabilities.contains(name)
                ? Optional.of(true)
                : capabilities.contains("-" + name) ? Optional.of(false) : Optional.empty();
    }
}
