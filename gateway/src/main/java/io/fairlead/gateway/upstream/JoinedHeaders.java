package io.fairlead.gateway.upstream;

import io.vertx.core.MultiMap;

import java.util.List;
import java.util.Locale;

/** Makes the headers of several answers those of one. Stateless. */
final class JoinedHeaders {
    /** Headers that count something end with this. */
    private static final String COUNT = "-token-count";

    private JoinedHeaders() {}

    /** Those of the first answer, with the sums of what they count. */
    static MultiMap of(List<MultiMap> heads) {
        MultiMap all = MultiMap.caseInsensitiveMultiMap().addAll(heads.getFirst());
        all.remove("content-length");
        for (String name : all.names()) {
            if (name.toLowerCase(Locale.ROOT).endsWith(COUNT)) {
                all.set(name, Long.toString(sum(name, heads)));
            }
        }
        return all;
    }

    private static long sum(String name, List<MultiMap> heads) {
        long sum = 0;
        for (MultiMap head : heads) {
            String count = head.get(name);
            try {
                sum += count == null ? 0 : Long.parseLong(count.strip());
            } catch (NumberFormatException _) {
                // it counts nothing
            }
        }
        return sum;
    }
}
