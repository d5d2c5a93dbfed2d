package io.fairlead.gateway.edge;

import io.fairlead.gateway.access.Principal;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What {@code GET /v1/models} shows. Called on event loops: answers from memory. */
public interface ModelList {
    /** The models that {@code principal} may ask for, in the order to be shown. */
    List<Model> visibleTo(Principal principal);

    /** The model that a client would get by the name {@code id}; empty: unknown or not allowed. */
    Optional<Model> find(Principal principal, String id);

    /**
     * One model.
     *
     * @param id the name to ask for
     * @param ownedBy who offers it
     * @param created when it was published
     */
    record Model(String id, String ownedBy, Instant created) {}
}
