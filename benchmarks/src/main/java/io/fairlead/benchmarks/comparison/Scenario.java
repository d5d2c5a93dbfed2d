package io.fairlead.benchmarks.comparison;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One kind of traffic. {@code mode}, {@code connections} and {@code rate} are those of the load
 * generator ({@code load.c}). Immutable.
 */
enum Scenario {
    UNARY_1K(
            "unary1k",
            "Unary, 1 KB request, 64 connections, saturated",
            "request",
            "closed",
            64,
            0),
    UNARY_80K(
            "unary80k",
            "Unary, 80 KB prompt, 64 connections, saturated",
            "request",
            "closed",
            64,
            0),
    SSE_PACED(
            "paced", "2,000 SSE streams, one event per 100 ms each", "event", "held", 2_000, 2_000),
    SSE_FULL(
            "full",
            "SSE at full speed, 32 connections, 500 events a stream",
            "event",
            "closed",
            32,
            0),
    LATENCY("latency", "Unary, 1 KB request, 200 a second", "request", "rate", 256, 200),
    FIRST_TOKEN("first-token", "Streams of 20 events, 50 begun a second", "event", "rate", 256, 50);

    private static final String SENTENCE =
            "The pilot boat \\\"Anna\\\" left at dawn; caf\u00e9s were shut.\\nNobody spoke. ";

    final String id;
    final String title;
    final String unit;
    final String mode;
    final int connections;
    final int rate;

    Scenario(String id, String title, String unit, String mode, int connections, int rate) {
        this.id = id;
        this.title = title;
        this.unit = unit;
        this.mode = mode;
        this.connections = connections;
        this.rate = rate;
    }

    static Scenario of(String id) {
        return Arrays.stream(values())
                .filter(s -> s.id.equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no scenario " + id));
    }

    /** The request body: field order as the official SDKs send it, the messages first. */
    byte[] body(String model) {
        String prompt =
                switch (this) {
                    case UNARY_80K -> prompt(80_000);
                    case UNARY_1K, SSE_PACED, SSE_FULL, LATENCY, FIRST_TOKEN -> prompt(850);
                };
        String rest =
                switch (this) {
                    case UNARY_1K, UNARY_80K, LATENCY -> "";
                    case SSE_PACED -> ",\"stream\":true,\"seed\":100000,\"user\":\"pace-100\"";
                    case SSE_FULL -> ",\"stream\":true,\"seed\":500";
                    case FIRST_TOKEN -> ",\"stream\":true,\"seed\":20";
                };
        return ("{\"messages\":[{\"role\":\"system\",\"content\":\"You are"
                        + " terse.\"},{\"role\":\"user\",\"content\":\""
                        + prompt
                        + "\"}],\"model\":\""
                        + model
                        + "\",\"temperature\":0.2"
                        + rest
                        + "}")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String prompt(int bytes) {
        return SENTENCE.repeat(bytes / SENTENCE.getBytes(StandardCharsets.UTF_8).length);
    }
}
