package io.fairlead.protocol.adapt;

import io.fairlead.kernel.Protocol;
import io.fairlead.protocol.adapt.Treatment.Rewrite;
import io.fairlead.protocol.model.ChatRequest;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The table of what a protocol does with each {@link Feature}: native, emulated, dropped or
 * refused. It is complete, or it can't be made; so nothing is lost in silence. Immutable.
 */
public final class Differences {
    private final Protocol protocol;
    private final Map<Feature, Treatment> table;

    private Differences(Protocol protocol, Map<Feature, Treatment> table) {
        this.protocol = protocol;
        this.table = table;
    }

    public static Builder of(Protocol protocol) {
        return new Builder(protocol);
    }

    public Protocol protocol() {
        return protocol;
    }

    public Treatment of(Feature feature) {
        Treatment treatment = table.get(feature);
        if (treatment == null) {
            throw new IllegalStateException(protocol + " says nothing of " + feature);
        }
        return treatment;
    }

    /**
     * Rewrites a request so that it holds nothing the protocol has no words for.
     *
     * @throws Unsupported if it uses a feature that is refused
     */
    public Prepared prepare(ChatRequest request, ModelFacts model) {
        ChatRequest now = request;
        Set<Feature> emulated = EnumSet.noneOf(Feature.class);
        Set<Feature> dropped = EnumSet.noneOf(Feature.class);
        List<AnswerRewrite> rewrites = new ArrayList<>();
        // A rewriting may bring in a feature that comes later in the order, so each is looked at
        // in its turn, not once for all.
        FeatureScan scan = new FeatureScan(now);
        for (Feature feature : Feature.values()) {
            if (!scan.uses(feature)) {
                continue;
            }
            switch (of(feature)) {
                case Treatment.Native ignored -> {
                    continue;
                }
                case Treatment.Emulated(String ignored, Rewrite rewrite) -> {
                    ChatRequest before = now;
                    now = rewrite.apply(now, model);
                    rewrite.answer(before).ifPresent(rewrites::add);
                    if (now != before) {
                        emulated.add(feature);
                    }
                }
                case Treatment.Dropped(String ignored, Rewrite rewrite) -> {
                    ChatRequest before = now;
                    now = rewrite.apply(now, model);
                    if (now != before) {
                        dropped.add(feature);
                    }
                }
                case Treatment.Refused(String why) -> throw new Unsupported(feature, why);
            }
            scan = new FeatureScan(now);
        }
        return new Prepared(now, emulated, dropped, rewrites);
    }

    /** Collects the table of a protocol. Confined to one thread. */
    public static final class Builder {
        private final Protocol protocol;
        private final Map<Feature, Treatment> table = new EnumMap<>(Feature.class);

        private Builder(Protocol protocol) {
            this.protocol = protocol;
        }

        public Builder isNative(Feature... features) {
            for (Feature feature : features) {
                set(feature, new Treatment.Native());
            }
            return this;
        }

        public Builder emulated(Feature feature, String how, Rewrite rewrite) {
            return set(feature, new Treatment.Emulated(how, rewrite));
        }

        public Builder dropped(Feature feature, String why, Rewrite rewrite) {
            return set(feature, new Treatment.Dropped(why, rewrite));
        }

        /** Left out by the usual removal of that feature. */
        public Builder dropped(Feature feature, String why) {
            return dropped(feature, why, Removals.of(feature));
        }

        public Builder refused(Feature feature, String why) {
            return set(feature, new Treatment.Refused(why));
        }

        private Builder set(Feature feature, Treatment treatment) {
            if (table.put(feature, treatment) != null) {
                throw new IllegalStateException(
                        protocol + " says twice what becomes of " + feature);
            }
            return this;
        }

        /** The table; every feature must be in it. */
        public Differences complete() {
            Set<Feature> missing = EnumSet.allOf(Feature.class);
            missing.removeAll(table.keySet());
            if (!missing.isEmpty()) {
                throw new IllegalStateException(
                        protocol + " does not say what becomes of " + missing);
            }
            return new Differences(protocol, Map.copyOf(table));
        }
    }
}
