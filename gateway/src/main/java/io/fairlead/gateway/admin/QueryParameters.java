package io.fairlead.gateway.admin;

import io.fairlead.kernel.ErrorCode;
import io.fairlead.kernel.GatewayError;
import io.fairlead.kernel.GatewayException;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The parameters of a query. Each is asked for once; {@link #finish} then refuses those nobody
 * asked for, so that a misspelt filter is never taken for none. Confined to one request.
 */
final class QueryParameters {
    private static final int MOST_VALUES = 100;

    private final Map<String, List<String>> values;
    private final TreeSet<String> known = new TreeSet<>();
    private final InstantSource clock;

    private QueryParameters(Map<String, List<String>> values, InstantSource clock) {
        this.values = values;
        this.clock = clock;
    }

    static QueryParameters parse(String query, InstantSource clock) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        int count = 0;
        for (String pair : query.split("&", -1)) {
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
            if (++count > MOST_VALUES) {
                throw bad(name, "too many parameters (expected: up to " + MOST_VALUES + ")");
            }
            values.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
        }
        return new QueryParameters(values, clock);
    }

    /** All values of a parameter that may be given several times. */
    List<String> all(String name) {
        known.add(name);
        List<String> all = values.getOrDefault(name, List.of());
        if (all.contains("")) {
            throw bad(name, "empty (expected: a value)");
        }
        return all;
    }

    Optional<String> one(String name) {
        List<String> all = all(name);
        if (all.size() > 1) {
            throw bad(name, "given " + all.size() + " times (expected: once)");
        }
        return all.stream().findFirst();
    }

    int limit(int otherwise, int most) {
        Optional<String> given = one("limit");
        if (given.isEmpty()) {
            return otherwise;
        }
        String expected = " (expected: 1 to " + most + ")";
        try {
            int limit = Integer.parseInt(given.get());
            if (limit >= 1 && limit <= most) {
                return limit;
            }
        } catch (NumberFormatException _) {
            throw bad("limit", given.get() + expected);
        }
        throw bad("limit", given.get() + expected);
    }

    Optional<Instant> time(String name) {
        Optional<String> given = one(name);
        Optional<Instant> at = given.flatMap(text -> Times.parse(text, clock.instant()));
        if (given.isPresent() && at.isEmpty()) {
            throw bad(name, given.get() + " (expected: " + Times.EXPECTED + ")");
        }
        return at;
    }

    /** Refuses parameters that nobody asked for. */
    void finish() {
        for (String name : values.keySet()) {
            if (!known.contains(name)) {
                throw bad(name, "unknown parameter (expected: " + String.join(", ", known) + ")");
            }
        }
    }

    static GatewayException bad(String name, String problem) {
        return new GatewayException(
                GatewayError.of(ErrorCode.INVALID_REQUEST, name + ": " + problem).withParam(name));
    }

    private static String decoded(String raw) {
        try {
            return URLDecoder.decode(raw, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            throw bad(raw, "not percent-encoded (expected: %XX)");
        }
    }
}
