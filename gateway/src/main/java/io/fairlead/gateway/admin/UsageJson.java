package io.fairlead.gateway.admin;

import io.fairlead.gateway.ledger.UsageQuery;
import io.fairlead.gateway.ledger.UsageReport;
import io.fairlead.gateway.ledger.UsageReport.Group;
import io.fairlead.gateway.ledger.UsageReport.UsageTotals;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.Locale;

/** Sums as JSON; money is a decimal string. Thread-safe. */
final class UsageJson {
    private UsageJson() {}

    static ObjectNode write(ObjectNode into, UsageQuery query, UsageReport report) {
        into.put("object", "usage");
        totals(into, report.totals());
        if (!query.groups().isEmpty()) {
            ArrayNode groups = into.putArray("groups");
            for (Group group : report.groups()) {
                ObjectNode one = groups.addObject();
                for (int i = 0; i < query.groups().size(); i++) {
                    one.put(
                            query.groups().get(i).name().toLowerCase(Locale.ROOT),
                            group.labels().get(i).orElse(null));
                }
                totals(one, group.totals());
            }
            into.put("truncated", report.truncated());
        }
        return into;
    }

    private static void totals(ObjectNode into, UsageTotals totals) {
        into.put("requests", totals.requests());
        into.put("errors", totals.errors());
        into.put("cancelled", totals.cancelled());
        into.put("unpriced", totals.unpriced());
        into.put("input_tokens", totals.inputTokens());
        into.put("cached_input_tokens", totals.cachedInputTokens());
        into.put("cache_write_tokens", totals.cacheWriteTokens());
        into.put("output_tokens", totals.outputTokens());
        into.put("reasoning_tokens", totals.reasoningTokens());
        into.put("total_tokens", totals.inputTokens() + totals.outputTokens());
        into.put("spend", totals.spend().toDecimal());
    }
}
