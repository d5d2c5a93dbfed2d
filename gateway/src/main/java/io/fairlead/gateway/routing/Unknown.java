package io.fairlead.gateway.routing;

import io.fairlead.gateway.catalogue.Catalogue;
import io.fairlead.gateway.catalogue.Model;
import io.fairlead.gateway.catalogue.Provider;
import io.fairlead.gateway.config.ModelRoute;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What to tell someone who asks for a model that is not there. Stateless. */
final class Unknown {
    private static final int MOST_NAMES = 5;
    private static final int LONGEST = 100;

    private Unknown() {}

    static String message(
            String requested, Map<String, ModelRoute> routes, Served served, Catalogue catalogue) {
        String shown =
                requested.length() > LONGEST ? requested.substring(0, LONGEST) + "…" : requested;
        StringBuilder text = new StringBuilder("There is no model ").append(shown).append(". ");
        Optional<Model> elsewhere = catalogue.models().model(requested);
        int slash = requested.indexOf('/');
        Optional<Provider> provider =
                slash > 0 ? catalogue.provider(requested.substring(0, slash)) : Optional.empty();
        if (provider.isPresent()) {
            text.append("The provider ")
                    .append(provider.get().id())
                    .append(" is not configured")
                    .append(
                            provider.get().env().isEmpty()
                                    ? ""
                                    : " (its key: " + provider.get().env().getLast() + ")")
                    .append(". ");
        } else if (elsewhere.isPresent()) {
            text.append("The catalogue knows it, but no configured provider sells it. ");
        }
        List<String> names = new ArrayList<>(routes.keySet());
        names.addAll(served.names());
        List<String> near = Nearest.to(requested, names, MOST_NAMES);
        text.append(
                near.isEmpty()
                        ? "GET /v1/models lists what there is."
                        : "Nearest: " + String.join(", ", near) + ".");
        return text.toString();
    }
}
