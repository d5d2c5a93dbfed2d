package io.fairlead.gateway.catalogue;

import io.fairlead.gateway.config.DefaultsConfig;
import io.fairlead.gateway.config.ProvidedModel;
import io.fairlead.gateway.config.ProviderConfig;
import io.fairlead.gateway.config.ResilienceConfig;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Brings settings of several levels together. Stateless. */
public final class Merging {
    private Merging() {}

    /** The resilience of a deployment: what is said near, then what is said further off. */
    public static Resilience of(ResilienceConfig near, DefaultsConfig defaults) {
        return over(
                near,
                new Resilience(
                        defaults.retries(),
                        defaults.breaker(),
                        defaults.connect(),
                        defaults.firstToken(),
                        defaults.idle(),
                        defaults.total()));
    }

    /** {@code base}, and over it what {@code near} says. */
    public static Resilience over(ResilienceConfig near, Resilience base) {
        return new Resilience(
                near.retries().orElse(base.retries()),
                near.breaker().orElse(base.breaker()),
                near.timeout().connect().orElse(base.connect()),
                near.timeout().firstToken().orElse(base.firstToken()),
                near.timeout().idle().orElse(base.idle()),
                near.timeout().total().orElse(base.total()));
    }

    /** The keys of a provider: {@code openai#1}, {@code openai#2} and so on. */
    static List<ProviderKey> keys(ProviderConfig config) {
        List<ProviderKey> keys = new ArrayList<>();
        for (ProviderConfig.Key key : config.keys()) {
            keys.add(
                    new ProviderKey(
                            config.id() + "#" + (keys.size() + 1), key.secret(), key.weight()));
        }
        return keys;
    }

    static Map<String, ProvidedModel> byId(List<ProvidedModel> models) {
        Map<String, ProvidedModel> byId = new HashMap<>();
        models.forEach(model -> byId.put(model.id(), model));
        return byId;
    }
}
