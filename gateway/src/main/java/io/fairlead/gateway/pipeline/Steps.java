package io.fairlead.gateway.pipeline;

import io.fairlead.gateway.access.Access;
import io.fairlead.gateway.ledger.Ledger;
import io.fairlead.gateway.media.MediaFetcher;
import io.fairlead.gateway.responses.ResponseArchive;
import io.fairlead.gateway.telemetry.Telemetry;

import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * The rooms that a request passes through, the same for all event loops. Thread-safe.
 *
 * @param access who calls
 * @param ledger where it is recorded
 * @param telemetry where it is counted and logged
 * @param bodies how many bytes of bodies may be held
 * @param media fetches what a request names by URL
 * @param archive keeps responses that providers don't
 * @param clock wall-clock time
 * @param random decides between weighted keys; safe for all threads
 */
public record Steps(
        Access access,
        Ledger ledger,
        Telemetry telemetry,
        BodyBudget bodies,
        MediaFetcher media,
        ResponseArchive archive,
        InstantSource clock,
        RandomGenerator random) {}
