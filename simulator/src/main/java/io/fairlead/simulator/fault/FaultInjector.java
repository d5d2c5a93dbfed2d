package io.fairlead.simulator.fault;

import io.fairlead.simulator.RequestedModel;
import io.fairlead.simulator.SimAnswer;
import io.fairlead.simulator.SimProvider;
import io.fairlead.simulator.SimRequest;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Spoils the answers of another provider where a request asks for it: with the header {@value
 * #HEADER}, or with a model name that ends in {@code fault-NAME} ({@code fault-429}, {@code
 * echo-fault-cut-after-events-3}). With {@code -times-N} after the name, only the first N requests
 * for that very name fail. Thread-safe.
 */
public final class FaultInjector implements SimProvider {
    /** Names the fault that a request wants. */
    public static final String HEADER = "x-sim-fault";

    private static final String TIMES = "-times-";
    private static final int MAX_COUNTED = 10_000;

    private final SimProvider provider;
    private final ConcurrentMap<String, AtomicLong> seen = new ConcurrentHashMap<>();

    public FaultInjector(SimProvider provider) {
        this.provider = provider;
    }

    @Override
    public SimAnswer answer(SimRequest request) {
        Optional<String> wanted =
                request.header(HEADER)
                        .or(() -> RequestedModel.of(request).flatMap(RequestedModel::fault));
        return wanted.isEmpty() ? provider.answer(request) : spoil(request, wanted.get());
    }

    private SimAnswer spoil(SimRequest request, String wanted) {
        String name = wanted;
        int times = wanted.lastIndexOf(TIMES);
        if (times > 0) {
            name = wanted.substring(0, times);
            if (seenBefore(request, wanted)
                    >= Integer.parseInt(wanted.substring(times + TIMES.length()))) {
                return provider.answer(request);
            }
        }
        Optional<Fault> fault = FaultNames.parse(name);
        return fault.isPresent()
                ? fault.get().apply(request, provider.answer(request))
                : ErrorAnswers.of(
                        400,
                        "invalid_request_error",
                        "\"unknown_fault\"",
                        "There is no such fault.");
    }

    private long seenBefore(SimRequest request, String wanted) {
        if (seen.size() > MAX_COUNTED) {
            seen.clear();
        }
        String key = RequestedModel.of(request).map(RequestedModel::name).orElse("") + " " + wanted;
        return seen.computeIfAbsent(key, _ -> new AtomicLong()).getAndIncrement();
    }
}
