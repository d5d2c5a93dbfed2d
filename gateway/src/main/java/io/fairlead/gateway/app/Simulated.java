package io.fairlead.gateway.app;

import io.fairlead.gateway.config.GatewayConfig;
import io.fairlead.gateway.config.ProviderConfig;
import io.fairlead.simulator.SimAnswer;
import io.fairlead.simulator.SimProvider;
import io.fairlead.simulator.fault.Fault;
import io.fairlead.simulator.openai.Latency;
import io.fairlead.simulator.openai.OpenAiSimulator;
import io.fairlead.simulator.openai.SimModel;
import io.fairlead.simulator.openai.SimModels;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The simulated providers of one configuration after the other: {@code sim}, and those with {@code
 * type: sim}, each with the pace and the share of errors it is configured with. Thread-safe.
 */
final class Simulated {
    private static final List<String> ERRORS = List.of("500", "503", "429-retry-after-1");

    private final InstantSource clock;
    private volatile Map<String, Entry> entries = Map.of();

    /** One provider; made at its first request, because a start must not wait for it. */
    private static final class Entry {
        private final ProviderConfig config;
        private final InstantSource clock;
        private @Nullable SimProvider made;

        Entry(ProviderConfig config, InstantSource clock) {
            this.config = config;
            this.clock = clock;
        }

        synchronized SimProvider provider() {
            if (made == null) {
                made = make(config, clock);
            }
            return made;
        }
    }

    Simulated(GatewayConfig config, InstantSource clock) {
        this.clock = clock;
        apply(config);
    }

    /** A provider whose configuration did not change goes on as it was. */
    void apply(GatewayConfig config) {
        Map<String, Entry> now = new HashMap<>();
        for (ProviderConfig provider : config.providers().values()) {
            if (provider.catalogueId().equals("sim")) {
                Entry before = entries.get(provider.id());
                now.put(
                        provider.id(),
                        before != null && before.config.equals(provider)
                                ? before
                                : new Entry(provider, clock));
            }
        }
        entries = now;
    }

    /** The simulated provider with this id in the configuration. */
    SimProvider provider(String id) {
        Entry entry = entries.get(id);
        return entry == null
                ? _ -> SimAnswer.json(404, "{\"error\":{\"message\":\"gone\"}}")
                : entry.provider();
    }

    private static SimProvider make(ProviderConfig config, InstantSource clock) {
        ProviderConfig.Sim behaviour = config.sim().orElse(ProviderConfig.Sim.DEFAULT);
        List<SimModel> models =
                SimModel.builtIn().stream().map(model -> paced(model, behaviour)).toList();
        boolean lenient = !config.models().isEmpty();
        SimProvider provider = new OpenAiSimulator(new SimModels(models, lenient), clock);
        double share = behaviour.errorPercent() / 100;
        return share == 0 ? provider : failing(provider, share);
    }

    private static SimModel paced(SimModel model, ProviderConfig.Sim behaviour) {
        if (behaviour.equals(ProviderConfig.Sim.DEFAULT)) {
            return model;
        }
        Latency perToken =
                behaviour
                        .tokensPerSecond()
                        .<Latency>map(
                                rate -> new Latency.Fixed(Duration.ofSeconds(1).dividedBy(rate)))
                        .orElse(model.load().perToken());
        return new SimModel(
                model.id(),
                model.behaviour(),
                model.load().withPace(new Latency.Fixed(behaviour.latency()), perToken));
    }

    /** Lets that share of the requests fail, evenly spread. */
    private static SimProvider failing(SimProvider provider, double share) {
        List<Fault> errors = ERRORS.stream().map(Fault::named).toList();
        AtomicLong requests = new AtomicLong();
        return request -> {
            long number = requests.getAndIncrement();
            long failed = (long) (number * share);
            SimAnswer answer = provider.answer(request);
            return (long) ((number + 1) * share) > failed
                    ? errors.get((int) (failed % errors.size())).apply(request, answer)
                    : answer;
        };
    }
}
