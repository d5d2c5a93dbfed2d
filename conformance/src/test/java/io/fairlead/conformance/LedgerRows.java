package io.fairlead.conformance;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** What the ledger of a gateway holds, read over the admin API. Stateless. */
final class LedgerRows {
    static final JsonMapper JSON = JsonMapper.builder().build();

    private LedgerRows() {}

    /** Every record that a filter such as {@code outcome=cancelled} leaves, newest first. */
    static List<JsonNode> all(GatewayProcess gateway, String filter) {
        List<JsonNode> rows = new ArrayList<>();
        String cursor = "";
        while (true) {
            JsonNode page =
                    JSON.readTree(
                            gateway.admin("/admin/v1/requests?limit=1000&" + filter + cursor));
            page.path("data").forEach(rows::add);
            if (page.path("next").isNull()) {
                return rows;
            }
            cursor = "&cursor=" + page.path("next").asString();
        }
    }

    /** The sum of the records' own spend, without rounding. */
    static BigDecimal spend(List<JsonNode> rows) {
        BigDecimal sum = BigDecimal.ZERO;
        for (JsonNode row : rows) {
            if (!row.path("spend").isNull()) {
                sum = sum.add(new BigDecimal(row.path("spend").asString()));
            }
        }
        return sum;
    }

    /** The sums that the gateway itself gives. */
    static JsonNode usage(GatewayProcess gateway) {
        return JSON.readTree(gateway.admin("/admin/v1/usage"));
    }

    /** A gauge or counter without labels from {@code /metrics}; absent is an error. */
    static double metric(GatewayProcess gateway, String name) {
        return gateway.admin("/metrics")
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no metric " + name));
    }
}
