package io.fairlead.gateway.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Checks what no single value can tell: that names lead somewhere and are unique, and what the
 * address needs. It looks at the tree, so that it knows positions and finds its problems beside all
 * others. Confined to one thread.
 */
final class References {
    private final Node.Mapping root;
    private final GatewayConfig merged;
    private final CatalogueNames catalogue;
    private final Reading in;
    private final Set<String> providers = new LinkedHashSet<>();
    private final Set<String> off = new HashSet<>();
    private final Map<String, List<Named>> targets = new HashMap<>();

    /** A text and where it stands. */
    private record Named(Node.Scalar node, String path) {
        String name() {
            return node.text();
        }
    }

    /**
     * @param merged the configuration with the environment, or what there is of it
     */
    References(Node.Mapping root, GatewayConfig merged, CatalogueNames catalogue, Reading in) {
        this.root = root;
        this.merged = merged;
        this.catalogue = catalogue;
        this.in = in;
    }

    void check() {
        collectProviders();
        checkModels();
        checkNames("teams");
        checkNames("keys");
        checkTeams();
        checkSecrets();
        checkAddress();
    }

    private void collectProviders() {
        providers.addAll(merged.providers().keySet());
        for (Node.Entry entry : entries("providers")) {
            String id = entry.key().text();
            boolean isOff =
                    entry.value() instanceof Node.Scalar s
                            && (s.text().equals("off") || s.text().equals("false"));
            if (isOff) {
                off.add(id);
            } else {
                providers.add(id);
            }
            checkProvider(entry, isOff);
        }
    }

    private void checkProvider(Node.Entry entry, boolean isOff) {
        String id = entry.key().text();
        Optional<Named> type = text(entry.value(), "type", "providers");
        String known = type.map(Named::name).orElse(id);
        boolean hasAddress =
                entry.value() instanceof Node.Mapping m && m.find("base_url").isPresent();
        boolean fine =
                known.equals("sim")
                        || catalogue.provider(known).isPresent()
                        || (!isOff && hasAddress && type.isEmpty());
        if (!fine) {
            String path = Reading.join("providers", id);
            in.problem(
                    type.map(t -> t.node().at()).orElse(entry.key().at()),
                    type.isPresent() ? path + ".type" : path,
                    Node.quote(type.map(t -> t.node().raw()).orElse(id))
                            + ", which the catalogue does not know",
                    type.isPresent() || isOff
                            ? "the id of a provider in the catalogue"
                            : "a known id, a type, or a base_url",
                    Nearest.of(known, catalogue.ids()));
            return;
        }
        boolean hasOther =
                entry.value() instanceof Node.Mapping m
                        && (m.find("resource").isPresent()
                                || m.find("region").isPresent()
                                || m.find("project").isPresent()
                                || m.find("location").isPresent());
        Optional<KnownProvider> inCatalogue = catalogue.provider(known);
        boolean lacksAddress =
                !known.equals("sim")
                        && inCatalogue.map(p -> !p.hasAddress(in.environment())).orElse(false);
        if (lacksAddress && !isOff && !hasAddress && !hasOther) {
            in.problem(
                    entry.key().at(),
                    Reading.join("providers", id),
                    "no address",
                    catalogue
                            .provider(known)
                            .flatMap(KnownProvider::baseUrl)
                            .map(url -> "a base_url, or the variables of " + url)
                            .orElse("a base_url"));
        }
    }

    private void checkModels() {
        for (Node.Entry entry : entries("models")) {
            targets.put(entry.key().text(), targetsOf(entry));
        }
        for (Node.Entry entry : entries("models")) {
            targets.getOrDefault(entry.key().text(), List.of()).forEach(this::checkTarget);
            checkCycle(entry);
        }
    }

    private static List<Named> targetsOf(Node.Entry entry) {
        String path = Reading.join("models", entry.key().text());
        if (entry.value() instanceof Node.Scalar scalar) {
            return usable(scalar) ? List.of(new Named(scalar, path)) : List.of();
        }
        List<Named> found = new ArrayList<>();
        if (entry.value() instanceof Node.Mapping mapping
                && mapping.find("targets").map(Node.Entry::value).orElse(mapping)
                        instanceof Node.Sequence list) {
            for (int i = 0; i < list.items().size(); i++) {
                String at = path + ".targets[" + i + "]";
                if (list.items().get(i) instanceof Node.Scalar scalar) {
                    if (usable(scalar)) {
                        found.add(new Named(scalar, at));
                    }
                } else {
                    text(list.items().get(i), "model", at).ifPresent(found::add);
                }
            }
        }
        return found;
    }

    private void checkTarget(Named target) {
        String name = target.name();
        if (targets.containsKey(name)) {
            return;
        }
        int slash = name.indexOf('/');
        String provider = slash < 0 ? "" : name.substring(0, slash);
        if (providers.contains(provider) && slash < name.length() - 1) {
            return;
        }
        if (off.contains(provider)) {
            in.problem(
                    target.node().at(),
                    target.path(),
                    Node.quote(target.node().raw()) + ", but this provider is off",
                    "a provider that is on");
        } else if (catalogue.provider(provider).isPresent()) {
            in.warning(
                    target.node().at(),
                    target.path(),
                    Node.quote(target.node().raw()),
                    "a key for " + provider + " in the file or the environment");
        } else if (!catalogue.models().test(name)) {
            in.problem(
                    target.node().at(),
                    target.path(),
                    Node.quote(target.node().raw()),
                    "provider/model-id, a model of the catalogue or a name under models",
                    meant(name, slash));
        }
    }

    private Optional<String> meant(String name, int slash) {
        if (slash < 0) {
            return Nearest.of(name, targets.keySet());
        }
        Set<String> ids = new LinkedHashSet<>(providers);
        ids.addAll(catalogue.ids());
        return Nearest.of(name.substring(0, slash), ids).map(id -> id + name.substring(slash));
    }

    private void checkCycle(Node.Entry entry) {
        String start = entry.key().text();
        Set<String> seen = new HashSet<>();
        List<String> open = new ArrayList<>(List.of(start));
        while (!open.isEmpty()) {
            String name = open.removeLast();
            for (Named target : targets.getOrDefault(name, List.of())) {
                if (target.name().equals(start)) {
                    in.problem(
                            entry.key().at(),
                            Reading.join("models", start),
                            "a name that leads back to itself"
                                    + (name.equals(start) ? "" : " through " + Node.quote(name)),
                            "targets that end at providers");
                    return;
                }
                if (targets.containsKey(target.name()) && seen.add(target.name())) {
                    open.add(target.name());
                }
            }
        }
    }

    private void checkNames(String section) {
        Set<String> seen = new HashSet<>();
        items(section)
                .forEach(name -> {
                    if (!seen.add(name.name())) {
                        in.problem(
                                name.node().at(),
                                name.path(),
                                Node.quote(name.node().raw()) + " for a second time",
                                "a name of its own");
                    }
                });
    }

    private void checkTeams() {
        List<String> teams = items("teams").stream().map(Named::name).toList();
        if (teams.isEmpty()) {
            // without any declaration a team is only a label; with some, a wrong name is a slip
            return;
        }
        for (Named team : items("keys", "team")) {
            if (!teams.contains(team.name())) {
                in.problem(
                        team.node().at(),
                        team.path(),
                        Node.quote(team.node().raw()),
                        "the name of a team under teams",
                        Nearest.of(team.name(), teams));
            }
        }
    }

    private void checkSecrets() {
        Optional<SecretHash> admin = merged.server().adminKey();
        Map<SecretHash, KeyConfig> seen = new HashMap<>();
        for (KeyConfig key : merged.keys()) {
            KeyConfig before = seen.putIfAbsent(key.secret(), key);
            boolean isAdmin = admin.isPresent() && admin.get().equals(key.secret());
            if (before != null || isAdmin) {
                String same =
                        isAdmin || before == null
                                ? "the admin key"
                                : "that of key " + Node.quote(before.name());
                Node.Position at =
                        items("keys").stream()
                                .filter(n -> n.name().equals(key.name()))
                                .map(n -> n.node().at())
                                .findFirst()
                                .orElse(Node.Position.NOWHERE);
                in.problem(
                        at,
                        "keys",
                        "the same secret for " + Node.quote(key.name()) + " as " + same,
                        "a secret of its own");
            }
        }
    }

    private void checkAddress() {
        if (merged.server().loopback() || merged.server().adminKey().isPresent()) {
            return;
        }
        Optional<Node.Mapping> server =
                root.find("server")
                        .map(Node.Entry::value)
                        .map(v -> v instanceof Node.Mapping m ? m : null);
        // A broken admin_key is a problem already.
        if (server.isPresent() && server.get().find("admin_key").isPresent() && in.failed()) {
            return;
        }
        in.problem(
                server.flatMap(s -> s.find("host"))
                        .map(e -> e.value().at())
                        .orElse(Node.Position.NOWHERE),
                "server.host",
                Node.quote(merged.server().host())
                        + ", which other machines can reach, without an admin key",
                "server.admin_key, or the environment variable FAIRLEAD_ADMIN_KEY; or a loopback"
                        + " address");
    }

    private List<Node.Entry> entries(String section) {
        Optional<Node> value = root.find(section).map(Node.Entry::value);
        return value.isPresent() && value.get() instanceof Node.Mapping mapping
                ? mapping.entries()
                : List.of();
    }

    private List<Named> items(String section) {
        return items(section, "name");
    }

    private List<Named> items(String section, String key) {
        List<Named> found = new ArrayList<>();
        if (root.find(section).map(Node.Entry::value).orElse(root) instanceof Node.Sequence list) {
            for (int i = 0; i < list.items().size(); i++) {
                text(list.items().get(i), key, section + "[" + i + "]").ifPresent(found::add);
            }
        }
        return found;
    }

    private static Optional<Named> text(Node node, String key, String path) {
        return node instanceof Node.Mapping mapping
                ? mapping.find(key)
                        .map(Node.Entry::value)
                        .filter(v -> v instanceof Node.Scalar s && usable(s))
                        .map(v -> new Named((Node.Scalar) v, Reading.join(path, key)))
                : Optional.empty();
    }

    private static boolean usable(Node.Scalar scalar) {
        return scalar.usable() && !scalar.isNothing();
    }
}
