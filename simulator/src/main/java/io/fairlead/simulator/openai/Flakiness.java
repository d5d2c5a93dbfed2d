package io.fairlead.simulator.openai;

import io.fairlead.simulator.SimAnswer;
import io.fairlead.simulator.SimRequest;
import io.fairlead.simulator.fault.Fault;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/** Lets every second request of a model fail, each time in the next of a few ways. Thread-safe. */
final class Flakiness {
    private static final List<Fault> WAYS =
            List.of(
                    Fault.named("500"),
                    Fault.named("429-retry-after-1"),
                    Fault.named("cut-after-bytes-20"),
                    Fault.named("503"),
                    Fault.named("reset-before-headers"),
                    Fault.named("empty"));

    private final ConcurrentMap<String, AtomicLong> requests = new ConcurrentHashMap<>();

    SimAnswer spoil(String model, SimRequest request, SimAnswer answer) {
        long number = requests.computeIfAbsent(model, _ -> new AtomicLong()).getAndIncrement();
        if (number % 2 == 1) {
            return answer;
        }
        return WAYS.get((int) (number / 2 % WAYS.size())).apply(request, answer);
    }
}
