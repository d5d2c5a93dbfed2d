package io.fairlead.gateway.telemetry;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;

/**
 * The few values of the Java process that operators look at. The management beans are first touched
 * at the first scrape, because they are slow to load. Stateless.
 */
final class ProcessMeters {
    private ProcessMeters() {}

    static void showIn(Gauges gauges) {
        gauges.gauge("fairlead_jvm_heap_used_bytes", "Heap in use.", () -> heap().getUsed());
        gauges.gauge("fairlead_jvm_heap_max_bytes", "Largest heap allowed.", () -> heap().getMax());
        gauges.gauge(
                "fairlead_jvm_threads",
                "Live platform threads.",
                () -> ManagementFactory.getThreadMXBean().getThreadCount());
        gauges.secondsTotal(
                "fairlead_jvm_gc_seconds", "Time spent in garbage collection.", ProcessMeters::gc);
    }

    private static MemoryUsage heap() {
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
    }

    private static double gc() {
        long millis = 0;
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            millis += Math.max(0, collector.getCollectionTime());
        }
        return millis / 1_000.0;
    }
}
