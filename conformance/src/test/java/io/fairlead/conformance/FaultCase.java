package io.fairlead.conformance;

import java.util.ArrayList;
import java.util.List;

/**
 * A fault of a provider and what the contract says the client gets when there is nobody else to
 * ask. An outcome is a status with an error code ({@code 502 upstream_error}), {@code 200}, or
 * {@code 200, then upstream_error} for an error event in a stream that had begun; {@code –}: the
 * fault has no such form. Immutable.
 *
 * @param path of the API it is tried with
 * @param fault its name in the simulator; {@code refused}: nobody listens
 * @param unary outcome of a request whose answer is not streamed
 * @param streamed outcome of one whose answer is
 */
record FaultCase(String path, String fault, String unary, String streamed) {
    static final String NONE = "–";
    private static final String CHAT = "/v1/chat/completions";
    private static final String BROKEN = "502 upstream_error";
    private static final String LATE = "504 upstream_timeout";
    private static final String THEN_BROKEN = "200, then upstream_error";

    /** The provider's own event passes. */
    static final String THEN_OWN = "200, then the provider's error";

    /** The request's own fault: status, message and code are the provider's. */
    static final String OWN = ", the provider's error";

    private static final String THEN_LATE = "200, then upstream_timeout";

    /** All of them, in the order of the table. */
    static List<FaultCase> all() {
        List<FaultCase> all = new ArrayList<>();
        both(all, BROKEN, "refused", "reset-before-headers", "cut-before-headers");
        both(all, LATE, "stall-before-headers");
        both(all, BROKEN, "reset-after-headers", "cut-after-headers");
        both(all, LATE, "stall-after-headers");
        both(all, BROKEN, "reset-after-bytes-100", "cut-after-bytes-100");
        both(all, LATE, "stall-after-bytes-100");
        each(all, BROKEN, THEN_BROKEN, "reset-after-bytes-2000", "cut-after-bytes-2000");
        each(all, LATE, THEN_LATE, "stall-after-bytes-2000");
        each(all, NONE, BROKEN, "reset-after-events-1", "cut-after-events-1");
        each(all, NONE, LATE, "stall-after-events-1");
        each(all, NONE, THEN_BROKEN, "reset-after-events-3", "cut-after-events-3");
        each(all, NONE, THEN_LATE, "stall-after-events-3");
        both(all, "200", "delay-300");
        each(all, LATE, THEN_LATE, "drip-2");
        both(all, "429 rate_limited", "429", "429-retry-after-7");
        both(all, "400" + OWN, "400");
        both(all, BROKEN, "401", "402", "403");
        both(all, "404" + OWN, "404");
        both(all, LATE, "408");
        both(all, "413" + OWN, "413");
        both(all, "415" + OWN, "415");
        both(all, "422" + OWN, "422");
        both(all, BROKEN, "500", "502");
        both(all, "503 upstream_error", "503", "529");
        both(all, LATE, "504");
        both(all, BROKEN, "html-200", "html-500", "html-502");
        both(all, BROKEN, "malformed-json");
        each(all, BROKEN, "200", "huge-2MB");
        each(all, NONE, BROKEN, "huge-event-20MB");
        both(all, BROKEN, "huge-header-64KB");
        each(all, BROKEN, BROKEN, "error-chunk-1", "error-event-1");
        each(all, NONE, THEN_OWN, "error-chunk-3", "error-event-3");
        all.add(new FaultCase("/v1/responses", "error-response-2", BROKEN, BROKEN));
        all.add(new FaultCase("/v1/responses", "error-response-8", NONE, THEN_OWN));
        both(all, BROKEN, "empty");
        each(all, NONE, BROKEN, "done-only", "role-only");
        each(all, NONE, "200", "no-end", "duplicate-end");
        return all;
    }

    private static void both(List<FaultCase> all, String outcome, String... faults) {
        each(all, outcome, outcome, faults);
    }

    private static void each(List<FaultCase> all, String unary, String streamed, String... faults) {
        for (String fault : faults) {
            all.add(new FaultCase(CHAT, fault, unary, streamed));
        }
    }

    String outcome(boolean stream) {
        return stream ? streamed : unary;
    }

    /** What is expected when a healthy deployment stands behind the one that fails. */
    String withFallback(boolean stream) {
        String alone = outcome(stream);
        boolean stays =
                alone.equals(NONE)
                        || alone.startsWith("200")
                        || List.of("400", "413", "415", "422").contains(fault)
                        // the deadline for everything has passed
                        || fault.startsWith("drip");
        return stays ? alone : "200 from the fallback";
    }

    /** The model behind which the simulator fails so. */
    String model() {
        return fault.equals("refused") ? "echo" : "echo-fault-" + fault;
    }
}
