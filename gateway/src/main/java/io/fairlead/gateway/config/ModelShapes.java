package io.fairlead.gateway.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the file may say about names of models. Immutable. */
final class ModelShapes {
    private static final Key<String> MODEL =
            Key.required(
                    "model",
                    Kinds.NAME,
                    "provider/model-id, a model of the catalogue, or another name under models.");
    private static final Key<Integer> WEIGHT =
            Key.of(
                    "weight",
                    Kinds.integer(1, 1_000_000),
                    1,
                    "Share of requests with strategy weighted.");

    private static final Shape<ModelRoute.Target> TARGET =
            Shape.of(
                    "target",
                    "One target.",
                    f ->
                            new ModelRoute.Target(
                                    f.get(MODEL), f.get(WEIGHT), ResilienceShapes.resilience(f)),
                    List.of(
                            MODEL,
                            WEIGHT,
                            ResilienceShapes.RETRIES,
                            ResilienceShapes.BREAKER,
                            ResilienceShapes.TIMEOUT));

    private static final Kind<ModelRoute.Target> TARGET_KIND =
            new FormKind<>(Kinds.NAME.as(ModelShapes::target), TARGET);

    private static final Key<ModelRoute.Strategy> STRATEGY =
            Key.of(
                    "strategy",
                    new StrategyKind(),
                    ModelRoute.Strategy.PRIORITY,
                    "How the targets are ordered: priority (as they stand) or weighted (by chance,"
                            + " by weight).");
    private static final Key<List<ModelRoute.Target>> TARGETS =
            Key.required(
                    "targets",
                    new ListKind<>(TARGET_KIND),
                    "Where requests go. A target may be written as its model alone.");
    private static final Key<Boolean> RULES =
            Key.orElse("rules", new LaterKind("rules"), false, "Routing by rules.");
    private static final Key<Boolean> OTHERWISE =
            Key.orElse("otherwise", new LaterKind("otherwise"), false, "Where no rule holds.");

    private static final Shape<ModelRoute> ROUTE =
            Shape.of(
                            "model",
                            "A name of yours that clients may ask for.",
                            f ->
                                    new ModelRoute(
                                            "",
                                            f.get(STRATEGY),
                                            f.get(TARGETS),
                                            ResilienceShapes.resilience(f)),
                            List.of(
                                    STRATEGY,
                                    TARGETS,
                                    RULES,
                                    OTHERWISE,
                                    ResilienceShapes.RETRIES,
                                    ResilienceShapes.BREAKER,
                                    ResilienceShapes.TIMEOUT))
                    .checkedBy(ModelShapes::atLeastOneTarget);

    private static final Kind<ModelRoute> ROUTE_KIND =
            new FormKind<>(Kinds.NAME.as(ModelShapes::alias), ROUTE);

    static final Key<Map<String, ModelRoute>> MODELS =
            Key.map(
                    "models",
                    new MapKind<>("<name>", Kinds.NAME, new NamedRoute()),
                    "Names of yours that clients may ask for. One with a single target may be"
                            + " written as that target's model.");

    private ModelShapes() {}

    private static ModelRoute.Target target(String model) {
        return new ModelRoute.Target(model, 1, ResilienceConfig.NONE);
    }

    private static ModelRoute alias(String model) {
        return new ModelRoute(
                "", ModelRoute.Strategy.PRIORITY, List.of(target(model)), ResilienceConfig.NONE);
    }

    private static void atLeastOneTarget(
            Node.Mapping node, Fields fields, String path, Reading in) {
        if (fields.get(TARGETS).isEmpty()) {
            in.problem(node.at(), path + ".targets", "an empty list", "at least one target");
        }
    }

    /** A route knows its name. */
    private record NamedRoute() implements MapKind.NamedKind<ModelRoute> {
        @Override
        public Optional<ModelRoute> read(String name, Node node, String path, Reading in) {
            return ROUTE_KIND
                    .read(node, path, in)
                    .map(r -> new ModelRoute(name, r.strategy(), r.targets(), r.resilience()));
        }

        @Override
        public Kind<?> kind() {
            return ROUTE_KIND;
        }
    }

    /** A strategy; some are for later. */
    private record StrategyKind() implements Kind<ModelRoute.Strategy> {
        private static final ScalarKind<ModelRoute.Strategy> NOW =
                Kinds.choice(
                        "strategy",
                        InOrder.of(
                                "priority", ModelRoute.Strategy.PRIORITY,
                                "weighted", ModelRoute.Strategy.WEIGHTED));
        private static final List<String> LATER = List.of("cheapest", "fastest", "least-busy");

        @Override
        public Optional<ModelRoute.Strategy> read(Node node, String path, Reading in) {
            if (node instanceof Node.Scalar scalar && LATER.contains(scalar.text())) {
                in.problem(
                        node.at(),
                        path,
                        node.describe() + ", which is not available in this version",
                        expected());
                return Optional.empty();
            }
            return NOW.read(node, path, in);
        }

        @Override
        public String expected() {
            return NOW.expected();
        }

        @Override
        public String label() {
            return "priority or weighted";
        }

        @Override
        public Map<String, Object> schema(SchemaDefinitions definitions) {
            return NOW.schema(definitions);
        }

        @Override
        public Object show(ModelRoute.Strategy value) {
            return NOW.show(value);
        }
    }
}
