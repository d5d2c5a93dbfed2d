package io.fairlead.protocol.service.rerank;

import io.fairlead.kernel.Protocol;
import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.codec.Unreadable;
import io.fairlead.protocol.json.Json;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what all providers' answers have in common. Stateless: any thread. */
final class RankReading {
    private RankReading() {}

    /**
     * Reads an answer.
     *
     * @param results what the list of ranks is called
     * @param score what a document's score is called
     * @param origin whose members are kept beside
     * @throws Unreadable if it ranks nothing
     */
    static RankAnswer of(Json body, String results, String score, Protocol origin) {
        Fields fields = Fields.ofAnswer(body);
        if (fields.peek(results).filter(Json::isArray).isEmpty()) {
            throw new Unreadable(results, "is missing (expected: an array of ranks)");
        }
        List<RankAnswer.Ranked> all = new ArrayList<>();
        for (Fields one : fields.objects(results)) {
            long index = one.count("index").orElse(-1L);
            Json value = one.needJson(score);
            if (index < 0 || index > Integer.MAX_VALUE || value.kind() != Json.Kind.NUMBER) {
                throw new Unreadable(one.path(), "is no rank (expected: an index and a score)");
            }
            all.add(new RankAnswer.Ranked((int) index, value, one.rest(origin)));
        }
        Optional<Fields> usage = fields.object("usage");
        Optional<Long> tokens =
                usage.flatMap(it -> it.count("total_tokens"))
                        .or(() -> usage.flatMap(it -> it.count("prompt_tokens")));
        return new RankAnswer(all, fields.text("model"), tokens, units(body), fields.rest(origin));
    }

    /** A query with some hundred documents, or with long ones, is several of Cohere's searches. */
    private static Optional<Long> units(Json body) {
        return body.get("meta")
                .flatMap(meta -> meta.get("billed_units"))
                .flatMap(billed -> billed.get("search_units"))
                .filter(units -> units.kind() == Json.Kind.NUMBER)
                .map(Json::whole)
                .filter(units -> units > 0);
    }
}
