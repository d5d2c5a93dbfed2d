package io.fairlead.gateway.app;

import io.fairlead.gateway.access.Access;
import io.fairlead.gateway.access.Principal;
import io.fairlead.gateway.edge.ModelList;
import io.fairlead.gateway.routing.ModelList.Listed;
import io.fairlead.gateway.routing.Router;
import io.fairlead.kernel.Endpoint;
import io.fairlead.kernel.GatewayException;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Shows the edge what the router knows: the models that a principal may ask for. Thread-safe. */
record ListedModels(Supplier<Router> router) implements ModelList {
    @Override
    public List<Model> visibleTo(Principal principal) {
        return router.get().models().all().stream()
                .filter(listed -> Access.allows(principal, listed.id()))
                .map(ListedModels::model)
                .toList();
    }

    @Override
    public Optional<Model> find(Principal principal, String id) {
        if (!Access.allows(principal, id)) {
            return Optional.empty();
        }
        Optional<Model> listed = router.get().models().model(id).map(ListedModels::model);
        return listed.or(() -> resolved(id));
    }

    /** A canonical or bare id is not in the list, and still can be asked for. */
    private Optional<Model> resolved(String id) {
        try {
            String owner =
                    router.get()
                            .plan(id, Endpoint.CHAT_COMPLETIONS)
                            .candidates()
                            .getFirst()
                            .deployment()
                            .provider();
            return Optional.of(new Model(id, owner, Instant.EPOCH));
        } catch (GatewayException _) {
            return Optional.empty();
        }
    }

    private static Model model(Listed listed) {
        return new Model(
                listed.id(), listed.ownedBy(), Instant.ofEpochSecond(listed.createdSeconds()));
    }
}
