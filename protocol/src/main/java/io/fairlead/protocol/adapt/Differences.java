package io.fairlead.protocol.adapt;

import io.fairlead.kernel.Protocol;
import io.fairlead.protocol.adapt.Treatment.Rewrite;
import io.fairlead.protocol.model.ChatRequest;
import io.fairlead.protocol.model.Identity;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
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
    private final List<Rewrite> first;
    private final List<Rewrite> always;

    private Differences(
            Protocol protocol,
            Map<Feature, Treatment> table,
            List<Rewrite> first,
            List<Rewrite> always) {
        this.protocol = protocol;
        this.table = table;
        this.first = first;
        this.always = always;
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
        Set<Feature> emulated = EnumSet.noneOf(Feature.class);
        Set<Feature> dropped = EnumSet.noneOf(Feature.class);
        ChatRequest now = ModelLimits.within(request, model, dropped);
        for (Rewrite rewrite : first) {
            now = rewrite.apply(now, model);
        }
        // What was done last is undone first.
        Deque<AnswerRewrite> undo = new ArrayDeque<>();
        FeatureScan asked = new FeatureScan(now);
        // A rewriting may bring in a feature that comes later in the order, so each is looked at
        // in its turn, not once for all.
        FeatureScan scan = asked;
        for (Feature feature : Feature.values()) {
            if (!scan.uses(feature)) {
                continue;
            }
            Rewrite rewrite;
            Set<Feature> named;
            switch (of(feature)) {
                case Treatment.Native ignored -> {
                    continue;
                }
                case Treatment.Emulated(String ignored, Rewrite other) -> {
                    rewrite = other;
                    named = emulated;
                }
                case Treatment.Dropped(String ignored, Rewrite without) -> {
                    rewrite = without;
                    named = dropped;
                }
                case Treatment.Refused(String why) -> throw new Unsupported(feature, why);
            }
            ChatRequest before = now;
            now = rewrite.apply(before, model);
            if (!Identity.same(now, before)) {
                rewrite.answer(before).ifPresent(undo::addFirst);
                scan = new FeatureScan(now);
                // What only another rewriting brought in is nothing the client asked for.
                if (asked.uses(feature)) {
                    named.add(feature);
                }
            }
        }
        for (Rewrite rewrite : always) {
            ChatRequest before = now;
            now = rewrite.apply(before, model);
            if (!Identity.same(now, before)) {
                rewrite.answer(before).ifPresent(undo::addFirst);
            }
        }
        return new Prepared(now, emulated, dropped, List.copyOf(undo));
    }

    /** Collects the table of a protocol. Confined to one thread. */
    public static final class Builder {
        private final Protocol protocol;
        private final Map<Feature, Treatment> table = new EnumMap<>(Feature.class);
        private final List<Rewrite> first = new ArrayList<>();
        private final List<Rewrite> always = new ArrayList<>();

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

        /** Done to every request before any feature has its turn, for what they build upon. */
        public Builder first(Rewrite rewrite) {
            first.add(rewrite);
            return this;
        }

        /**
         * Done to every request, when all features have had their turn, in the order given: what is
         * said the same way everywhere but written under other rules, such as ids of calls ({@link
         * ToolIds}) or names of tools ({@link ToolNames}).
         */
        public Builder always(Rewrite rewrite) {
            always.add(rewrite);
            return this;
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
            return new Differences(
                    protocol, Map.copyOf(table), List.copyOf(first), List.copyOf(always));
        }
    }
}
