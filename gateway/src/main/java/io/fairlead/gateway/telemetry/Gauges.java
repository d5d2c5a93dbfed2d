package io.fairlead.gateway.telemetry;

import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Values that other rooms own and that are read when somebody scrapes: queue lengths, pools, totals
 * kept elsewhere. Thread-safe; suppliers are called on the scraping thread and must not block.
 */
public final class Gauges {
    private final PrometheusRegistry registry;

    Gauges(PrometheusRegistry registry) {
        this.registry = registry;
    }

    /** A value that goes up and down. */
    public void gauge(String name, String description, DoubleSupplier value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(description)
                .callback(callback -> callback.call(value.getAsDouble()))
                .register(registry);
    }

    /** Values that go up and down, one for each value of {@code label}, a bounded set. */
    public void gauges(
            String name,
            String description,
            String label,
            Supplier<? extends Map<String, ? extends Number>> values) {
        GaugeWithCallback.builder()
                .name(name)
                .help(description)
                .labelNames(label)
                .callback(callback ->
                        values.get()
                                .forEach((key, value) -> callback.call(value.doubleValue(), key)))
                .register(registry);
    }

    /** A total that only grows; {@code _total} is put behind the name. */
    public void total(String name, String description, LongSupplier value) {
        secondsTotal(name, description, value::getAsLong);
    }

    /** A total of seconds that only grows; {@code _total} is put behind the name. */
    public void secondsTotal(String name, String description, DoubleSupplier value) {
        CounterWithCallback.builder()
                .name(name)
                .help(description)
                .callback(callback -> callback.call(value.getAsDouble()))
                .register(registry);
    }
}
