package io.fairlead.gateway.routing;

import io.fairlead.gateway.catalogue.Account;
import io.fairlead.gateway.catalogue.Accounts;
import io.fairlead.gateway.catalogue.Catalogue;
import io.fairlead.gateway.catalogue.Model;
import io.fairlead.gateway.catalogue.Offer;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which models the configured providers serve: by canonical id, and by the bare ids that lead to
 * them. A model that only the configuration declares stands under {@code provider/id}. Immutable.
 */
final class Served {
    private final Accounts accounts;
    private final Map<String, List<Place>> byModel = new HashMap<>();
    private final Map<String, Set<String>> modelsOfBareId = new HashMap<>();

    /** Where a model is served, and under which id. */
    record Place(Account account, String id) {}

    Served(Accounts accounts, Catalogue catalogue) {
        this.accounts = accounts;
        for (Account account : accounts.all()) {
            for (String id : account.modelIds()) {
                String model =
                        account.shelf().offer(id).map(Offer::model).orElse(account.id() + "/" + id);
                bare(id, model);
                if (account.shelf().offer(id).isEmpty()) {
                    places(model).add(new Place(account, id));
                }
            }
            for (String model : account.shelf().models()) {
                account.shelf()
                        .plainOfferOf(model)
                        .ifPresent(offer -> places(model).add(new Place(account, offer.id())));
            }
        }
        for (Model model : catalogue.models().all()) {
            if (byModel.containsKey(model.id())) {
                bare(model.shortId(), model.id());
                model.aliases().forEach(alias -> bare(alias, model.id()));
            }
        }
    }

    private List<Place> places(String model) {
        return byModel.computeIfAbsent(model, _ -> new ArrayList<>(2));
    }

    private void bare(String id, String model) {
        modelsOfBareId.computeIfAbsent(id, _ -> new LinkedHashSet<>(2)).add(model);
    }

    /** Every place of a canonical model, in the order of the configuration. */
    List<Place> placesOf(String model) {
        return byModel.getOrDefault(model, List.of());
    }

    /** Every model that a bare id may mean. */
    Set<String> modelsOf(String bareId) {
        return modelsOfBareId.getOrDefault(bareId, Set.of());
    }

    /**
     * The places of the model that a bare id means. A provider that sells it under this very id
     * gets this id; if they all sell a variant under it, nobody else comes into question.
     */
    List<Place> placesOf(String bareId, String model) {
        List<Place> places = new ArrayList<>();
        boolean variant = false;
        for (Account account : accounts.all()) {
            Optional<Offer> exact =
                    account.shelf().offer(bareId).filter(offer -> offer.model().equals(model));
            if (exact.isPresent()) {
                places.add(new Place(account, bareId));
                variant |= !exact.get().plain();
            }
        }
        if (!variant) {
            for (Place place : placesOf(model)) {
                if (places.stream().noneMatch(exact -> exact.account() == place.account())) {
                    places.add(place);
                }
            }
        }
        return places;
    }

    /** Every name that leads somewhere: {@code provider/id} and canonical ids. */
    Collection<String> names() {
        Set<String> names = new LinkedHashSet<>(byModel.keySet());
        for (Account account : accounts.all()) {
            account.modelIds().forEach(id -> names.add(account.id() + "/" + id));
        }
        return names;
    }
}
