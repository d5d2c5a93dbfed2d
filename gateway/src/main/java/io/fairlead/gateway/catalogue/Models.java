package io.fairlead.gateway.catalogue;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The canonical models, by id, by other name, and by the bare id without a maker. Immutable. */
public final class Models {
    private final Map<String, Model> byId;
    private final Map<String, List<Model>> byBareId;

    private Models(Map<String, Model> byId) {
        this.byId = Collections.unmodifiableMap(byId);
        this.byBareId = new HashMap<>();
        for (Model model : byId.values()) {
            add(model.shortId(), model);
            model.aliases().forEach(alias -> add(alias, model));
        }
    }

    static Models read() {
        Map<String, Model> models = new LinkedHashMap<>();
        Table.read(
                "models.tsv",
                3,
                row -> models.put(row.get(0), new Model(row.get(0), row.get(1), row.get(2))));
        return new Models(models);
    }

    private void add(String bareId, Model model) {
        List<Model> models = byBareId.computeIfAbsent(bareId, _ -> new ArrayList<>(1));
        if (!models.contains(model)) {
            models.add(model);
        }
    }

    /** The model with this id, or with this maker and other name. */
    public Optional<Model> model(String id) {
        Model known = byId.get(id);
        if (known != null) {
            return Optional.of(known);
        }
        int slash = id.indexOf('/');
        return slash < 0
                ? Optional.empty()
                : withBareId(id.substring(slash + 1)).stream()
                        .filter(model -> model.maker().equals(id.substring(0, slash)))
                        .findFirst();
    }

    /** Every model with this id, or other name, without its maker. */
    public List<Model> withBareId(String bareId) {
        return Collections.unmodifiableList(byBareId.getOrDefault(bareId, List.of()));
    }

    /** Every model, by id in alphabetical order. */
    public Collection<Model> all() {
        return byId.values();
    }
}
