package io.fairlead.gateway.app;

import io.fairlead.gateway.ledger.DurableLedger;
import io.fairlead.gateway.pipeline.BodyBudget;
import io.fairlead.gateway.responses.ResponseArchive;
import io.fairlead.gateway.telemetry.Gauges;
import io.fairlead.gateway.upstream.Pools;

/** Hangs the values that rooms own on the metrics. Stateless. */
final class Readings {
    private static final String PROVIDER = "provider";

    private Readings() {}

    static void hang(
            Gauges gauges,
            DurableLedger ledger,
            ResponseArchive archive,
            BodyBudget bodies,
            Pools pools,
            Current current) {
        gauges.gauge(
                "fairlead_buffered_bytes",
                "Bytes of bodies and events held in memory.",
                bodies::held);
        gauges.gauge(
                "fairlead_ledger_accepting",
                "1 while the journal has room, 0 while requests are refused for want of it.",
                () -> ledger.accepting() ? 1 : 0);
        gauges.gauge(
                "fairlead_journal_segments",
                "Journal files with records that are not settled.",
                () -> ledger.stats().journal().segments());
        gauges.gauge(
                "fairlead_journal_bytes",
                "Size of the journal on the disk.",
                () -> ledger.stats().journal().bytes());
        gauges.total(
                "fairlead_journal_appended",
                "Records appended to the journal.",
                () -> ledger.stats().journal().appended());
        gauges.total(
                "fairlead_journal_refused",
                "Records the journal had no room for.",
                () -> ledger.stats().journal().refused());
        gauges.total(
                "fairlead_store_records",
                "Records that went to the store.",
                () -> ledger.stats().stored());
        gauges.total(
                "fairlead_store_rejected",
                "Records the store can't take.",
                () -> ledger.stats().rejected());
        gauges.gauge(
                "fairlead_store_lag_seconds",
                "For how long the store has been behind the journal.",
                () -> ledger.stats().lag().toNanos() / 1e9);
        gauges.total(
                "fairlead_responses_kept",
                "Responses kept for clients that may ask for them again.",
                archive::kept);
        gauges.total(
                "fairlead_responses_missed",
                "Responses that should have been kept and were not.",
                archive::missed);
        gauges.gauge(
                "fairlead_deployments_in_trouble",
                "Deployments and keys that are left out or paused now.",
                () -> current.routes().health().conditions(System.nanoTime()).size());
        gauges.gauges(
                "fairlead_upstream_connections",
                "Open connections to a provider.",
                PROVIDER,
                pools::connections);
        gauges.gauges(
                "fairlead_upstream_connections_idle",
                "Open connections to a provider without a request.",
                PROVIDER,
                pools::idle);
        gauges.gauges(
                "fairlead_upstream_waiting",
                "Requests that wait for a connection to a provider.",
                PROVIDER,
                pools::waiting);
    }
}
