package io.fairlead.gateway.routing;

import io.fairlead.gateway.catalogue.Account;
import io.fairlead.gateway.catalogue.Accounts;
import io.fairlead.gateway.catalogue.Catalogue;
import io.fairlead.gateway.catalogue.Model;
import io.fairlead.gateway.catalogue.Offer;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What clients may ask for, as {@code /v1/models} lists it: the operator's names, then {@code
 * provider/model-id} of everything the configured providers sell. Made when first asked for.
 * Immutable to its users; safe for any number of threads.
 */
public final class ModelList {
    private final Set<String> names;
    private final Accounts accounts;
    private final Catalogue catalogue;
    private volatile Optional<Content> content = Optional.empty();

    /**
     * One line of the list.
     *
     * @param id what to ask for
     * @param createdSeconds when the model was released, in seconds since 1970; 0: not known
     * @param ownedBy its maker; {@code fairlead} for the operator's names; the provider if nobody
     *     knows
     * @param name for people
     */
    public record Listed(String id, long createdSeconds, String ownedBy, String name) {}

    private record Content(List<Listed> all, Map<String, Listed> byId) {}

    ModelList(Set<String> names, Accounts accounts, Catalogue catalogue) {
        this.names = names;
        this.accounts = accounts;
        this.catalogue = catalogue;
    }

    /** Everything, the operator's names first. */
    public Collection<Listed> all() {
        return content().all();
    }

    public Optional<Listed> model(String id) {
        return Optional.ofNullable(content().byId().get(id));
    }

    private Content content() {
        Optional<Content> known = content;
        if (known.isEmpty()) {
            known = Optional.of(list());
            content = known;
        }
        return known.get();
    }

    private Content list() {
        List<Listed> all = new ArrayList<>();
        for (String name : names) {
            all.add(new Listed(name, 0, "fairlead", name));
        }
        for (Account account : accounts.all()) {
            for (String id : account.modelIds()) {
                all.add(listed(account, id));
            }
        }
        Map<String, Listed> byId = HashMap.newHashMap(all.size());
        all.forEach(listed -> byId.putIfAbsent(listed.id(), listed));
        return new Content(List.copyOf(all), byId);
    }

    private Listed listed(Account account, String id) {
        Optional<Model> model =
                account.shelf().offer(id).map(Offer::model).flatMap(catalogue.models()::model);
        return new Listed(
                account.id() + "/" + id,
                model.flatMap(Model::released).map(ModelList::seconds).orElse(0L),
                model.map(Model::maker).orElse(account.id()),
                model.map(Model::name).orElse(id));
    }

    private static long seconds(String date) {
        try {
            return LocalDate.parse(date).atStartOfDay(ZoneOffset.UTC).toEpochSecond();
        } catch (DateTimeParseException e) {
            return 0;
        }
    }
}
