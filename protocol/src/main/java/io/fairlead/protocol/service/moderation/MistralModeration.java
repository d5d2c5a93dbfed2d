package io.fairlead.protocol.service.moderation;

import io.fairlead.kernel.Usage;
import io.fairlead.protocol.adapt.Unsupported;
import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.codec.ProviderRequest;
import io.fairlead.protocol.codec.Unreadable;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonArray;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.service.ServiceTarget;
import io.fairlead.protocol.service.Told;
import io.fairlead.protocol.translate.Translation.Unary;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Mistral: texts only, and categories of its own. What OpenAI has no word for stays beside its
 * categories; what Mistral does not judge is there as OpenAI says it of input that a category does
 * not apply to. Stateless: any thread.
 */
final class MistralModeration {
    private static final String CATEGORIES = "categories";
    private static final String SCORES = "category_scores";
    private static final String APPLIED = "category_applied_input_types";

    private MistralModeration() {}

    /** The request, once its input is known to be texts. */
    static Told write(Fields asked, ServiceTarget target) {
        Json input = asked.needJson("input");
        JsonObject body = new JsonObject().put("model", target.model());
        if (input.isString()) {
            body.put("input", input);
        } else {
            body.put("input", texts(input));
        }
        return new Told(ProviderRequest.of("/moderations", body), List.of());
    }

    private static JsonArray texts(Json input) {
        JsonArray texts = new JsonArray();
        List<String> parts = new ArrayList<>();
        for (Json element : input.elements()) {
            if (element.isString()) {
                texts.add(element);
                continue;
            }
            Optional<String> text =
                    element.get("type").filter(type -> type.is("text")).isPresent()
                            ? element.get("text").filter(Json::isString).map(Json::text)
                            : Optional.empty();
            parts.add(
                    text.orElseThrow(
                            () -> new Unsupported("input", "Mistral judges texts, and no images")));
        }
        if (!parts.isEmpty()) {
            // parts are one input, and texts are one each
            texts.add(String.join("\n", parts));
        }
        if (texts.isEmpty()) {
            throw new Unsupported("input", "Mistral wants at least one text");
        }
        return texts;
    }

    /** OpenAI's answer. */
    static Unary read(ServiceTarget target, byte[] body) {
        Fields answer = Fields.ofAnswer(Fields.parse(body));
        Optional<String> model = answer.text("model");
        JsonObject written =
                new JsonObject()
                        .put("id", answer.text("id").orElse("modr-" + target.id()))
                        .put("model", model.orElse(target.model()));
        List<Fields> results = answer.objects("results");
        if (results.isEmpty()) {
            throw new Unreadable("results", "is missing (expected: an array of objects)");
        }
        for (Fields result : results) {
            result(result, written.array("results").addObject());
        }
        return Unary.json(written.toBytes(), usage(answer), model, Optional.empty());
    }

    private static void result(Fields result, JsonObject written) {
        Map<String, Json> flags = members(result, CATEGORIES);
        Map<String, Json> scores = members(result, SCORES);
        boolean flagged = flags.values().stream().anyMatch(MistralModeration::isTrue);
        written.put("flagged", flagged);
        JsonObject categories = written.object(CATEGORIES);
        JsonObject numbers = written.object(SCORES);
        JsonObject applied = written.object(APPLIED);
        for (Category category : Category.values()) {
            String name = category.wireName();
            Optional<String> theirs = category.mistrals().filter(flags::containsKey);
            categories.put(name, theirs.map(flags::remove).orElse(Json.FALSE));
            numbers.put(
                    name,
                    category.mistrals()
                            .map(scores::remove)
                            .filter(score -> score.kind() == Json.Kind.NUMBER)
                            .orElse(Json.of(0)));
            JsonArray types = applied.array(name);
            theirs.ifPresent(_ -> types.add("text"));
        }
        categories.merge(flags);
        numbers.merge(scores);
    }

    private static boolean isTrue(Json flag) {
        return flag.kind() == Json.Kind.BOOLEAN && flag.truth();
    }

    private static Map<String, Json> members(Fields result, String name) {
        Map<String, Json> members = new LinkedHashMap<>();
        for (Json.Member member : result.needObject(name).whole().members()) {
            members.put(member.name(), member.value());
        }
        return members;
    }

    private static Optional<Usage> usage(Fields answer) {
        return answer.object("usage")
                .filter(usage -> usage.has("prompt_tokens"))
                .map(usage ->
                        Usage.of(
                                usage.positive("prompt_tokens"),
                                usage.positive("completion_tokens")));
    }
}
