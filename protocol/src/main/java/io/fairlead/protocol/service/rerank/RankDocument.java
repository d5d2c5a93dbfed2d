package io.fairlead.protocol.service.rerank;

import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonObject;

import java.util.List;
import java.util.Optional;

/** A document to be ranked: a text, or an object with fields. Immutable. */
public record RankDocument(Json said) {
    private static final String TEXT = "text";

    /**
     * Its text, for providers that rank nothing else: with names, if it is made of several fields.
     *
     * @param fields that count; empty: the one that is called {@code text}, or all
     */
    String text(List<String> fields) {
        if (said.isString()) {
            return said.text();
        }
        if (fields.isEmpty()) {
            Optional<Json> text = said.get(TEXT).filter(Json::isString);
            return text.isPresent() ? text.get().text() : lines(List.of());
        }
        if (fields.size() == 1 && said.get(fields.getFirst()).filter(Json::isString).isPresent()) {
            return said.get(fields.getFirst()).orElseThrow().text();
        }
        return lines(fields);
    }

    private String lines(List<String> fields) {
        StringBuilder lines = new StringBuilder();
        for (Json.Member member : said.members()) {
            if (fields.isEmpty() || fields.contains(member.name())) {
                Json value = member.value();
                lines.append(lines.isEmpty() ? "" : "\n")
                        .append(member.name())
                        .append(": ")
                        .append(value.isString() ? value.text() : value.toString());
            }
        }
        return lines.toString();
    }

    /** As it is given back: an object in any case. */
    Json given() {
        return said.isString() ? new JsonObject().put(TEXT, said).toJson() : said;
    }
}
