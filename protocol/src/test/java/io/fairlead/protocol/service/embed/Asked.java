package io.fairlead.protocol.service.embed;

import io.fairlead.kernel.Dialect;
import io.fairlead.kernel.Endpoint;
import io.fairlead.kernel.Protocol;
import io.fairlead.protocol.adapt.ModelFacts;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonArray;
import io.fairlead.protocol.service.ServiceRequest;
import io.fairlead.protocol.service.ServiceTarget;
import io.fairlead.protocol.service.Services;
import io.fairlead.protocol.translate.Translation;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A request of a client and how providers are told of it. Immutable. */
record Asked(Endpoint client, String body) {
    static Asked openAi(String body) {
        return new Asked(Endpoint.EMBEDDINGS, body);
    }

    /** The same operation with another body. */
    Asked with(byte[] otherBody) {
        return new Asked(client, new String(otherBody, StandardCharsets.ISO_8859_1));
    }

    Translation at(Dialect provider, String model) {
        return Services.of(client)
                .orElseThrow()
                .read(
                        new ServiceRequest(
                                client,
                                body.getBytes(StandardCharsets.UTF_8),
                                Optional.empty(),
                                "asked",
                                Map.of()))
                .at(
                        provider,
                        new ServiceTarget(
                                model, Protocol.OPENAI_CHAT, ModelFacts.unknown(model), "abc", 1));
    }

    /** The body that the provider gets, where it gets one. */
    Json sent(Dialect provider, String model) {
        Translation translation = at(provider, model);
        if (translation.requests().size() != 1) {
            throw new AssertionError(translation.requests().size() + " requests, expected one");
        }
        return Json.parse(translation.request().body());
    }

    /** What the client gets of the provider's answers. */
    static Json told(Translation translation, String... answers) {
        Translation.Unary unary = unary(translation, answers);
        if (unary.fault().isPresent()) {
            throw new AssertionError(unary.fault().get().message());
        }
        return Json.parse(unary.bytes());
    }

    static Translation.Unary unary(Translation translation, String... answers) {
        byte[] body;
        if (answers.length == 1) {
            body = answers[0].getBytes(StandardCharsets.UTF_8);
        } else {
            JsonArray all = new JsonArray();
            List.of(answers).forEach(answer -> all.add(Json.parse(answer)));
            body = all.toBytes();
        }
        return translation.answer(Optional.of("application/json"), body);
    }
}
