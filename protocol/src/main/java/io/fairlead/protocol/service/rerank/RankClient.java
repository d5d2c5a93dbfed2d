package io.fairlead.protocol.service.rerank;

import io.fairlead.kernel.Protocol;
import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.codec.Unreadable;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonArray;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.service.ServiceTarget;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The form of clients: Cohere's, of both versions, and Jina's, which differ in what else they can
 * say. Stateless: any thread.
 */
final class RankClient {
    static final Protocol ORIGIN = Protocol.COHERE_V2;

    private RankClient() {}

    /**
     * Reads a request.
     *
     * @throws Unreadable naming the member at fault
     */
    static RankRequest read(Json body) {
        Fields fields = Fields.ofRequest(body);
        fields.take("model");
        Json documents = fields.needJson("documents");
        if (!documents.isArray() || documents.isEmpty()) {
            throw fields.invalid("documents", "an array of strings or objects");
        }
        List<RankDocument> all = new ArrayList<>();
        for (Json document : documents.elements()) {
            if (!document.isString() && !document.isObject()) {
                throw new Unreadable(
                        "documents[" + all.size() + "]",
                        "is " + document.kind().words() + " (expected: a string or an object)");
            }
            all.add(new RankDocument(document));
        }
        return new RankRequest(
                fields.needText("query"),
                all,
                positive(fields, "top_n").or(() -> positive(fields, "top_k")),
                fields.flag("return_documents").orElse(false),
                positive(fields, "max_tokens_per_doc"),
                fields.texts("rank_fields"),
                truncation(fields),
                fields.rest(ORIGIN));
    }

    private static Optional<Long> positive(Fields fields, String name) {
        Optional<Long> number = fields.count(name);
        if (number.filter(it -> it < 1).isPresent()) {
            throw fields.invalid(name, "a number greater than 0");
        }
        return number;
    }

    private static Optional<Boolean> truncation(Fields fields) {
        Optional<Boolean> said = fields.flag("truncation");
        return said.isPresent() ? said : fields.flag("truncate");
    }

    /** Writes the answer to it: Cohere's as it came, all others as Jina's. */
    static byte[] write(RankAnswer answer, RankRequest asked, ServiceTarget target) {
        JsonObject body = new JsonObject();
        boolean coheres = answer.beside().isOf(ORIGIN);
        if (!coheres) {
            body.put("object", "list").put("model", answer.model().orElse(target.model()));
        } else {
            body.put("model", answer.model());
        }
        JsonArray results = body.array("results");
        for (RankAnswer.Ranked ranked : answer.results()) {
            JsonObject one = results.addObject().put("index", ranked.index());
            one.put("relevance_score", ranked.score());
            if (asked.returned()) {
                one.put("document", asked.documents().get(ranked.index()).given());
            }
            one.merge(ranked.beside().of(ORIGIN));
        }
        answer.tokens().ifPresent(tokens -> body.object("usage").put("total_tokens", tokens));
        body.merge(answer.beside().of(ORIGIN));
        return body.toBytes();
    }
}
