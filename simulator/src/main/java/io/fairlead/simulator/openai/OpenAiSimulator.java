package io.fairlead.simulator.openai;

import io.fairlead.simulator.RequestedModel;
import io.fairlead.simulator.SimAnswer;
import io.fairlead.simulator.SimProvider;
import io.fairlead.simulator.SimRequest;
import io.fairlead.simulator.fault.ErrorAnswers;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * An invented provider that speaks OpenAI's protocol, whatever stands before the known part of the
 * path. The same requests in the same order get the same answers, times aside. Thread-safe.
 */
public final class OpenAiSimulator implements SimProvider {
    private final SimModels models;
    private final InstantSource clock;
    private final AtomicLong requests = new AtomicLong();
    private final Flakiness flakiness = new Flakiness();
    private final StoredResponses stored = new StoredResponses();

    public OpenAiSimulator(SimModels models, InstantSource clock) {
        this.models = models;
        this.clock = clock;
    }

    @Override
    public SimAnswer answer(SimRequest request) {
        String path = request.path();
        if (request.method().equals("POST")) {
            return post(request, path);
        }
        int list = path.lastIndexOf("/models");
        int responses = path.lastIndexOf("/responses/");
        if (request.method().equals("GET") && list >= 0) {
            String name = path.substring(list + "/models".length());
            return name.length() < 2 ? models() : model(name.substring(1));
        } else if (responses >= 0) {
            String id = path.substring(responses + "/responses/".length());
            return request.method().equals("DELETE") ? stored.delete(id) : stored.get(id);
        }
        return ErrorAnswers.of(
                404,
                "invalid_request_error",
                "null",
                "Unknown request (" + request.method() + ").");
    }

    private SimAnswer post(SimRequest request, String path) {
        boolean form =
                request.header("content-type")
                        .filter(type -> type.startsWith("multipart/"))
                        .isPresent();
        JsonNode json = Json.MAPPER.createObjectNode();
        if (!form) {
            try {
                json = Json.MAPPER.readTree(request.body());
            } catch (JacksonException _) {
                return ErrorAnswers.of(
                        400, "invalid_request_error", "null", "The body is no valid JSON.");
            }
        }
        RequestedModel requested =
                RequestedModel.of(request).orElse(new RequestedModel(models.all().getFirst().id()));
        Optional<SimModel> model = models.find(requested);
        if (model.isEmpty()) {
            return ErrorAnswers.of(404);
        }
        Call call = call(request, json, model.get(), requested.name());
        SimAnswer answer = form ? form(call, path) : json(call, path);
        return model.get().behaviour() == SimModel.Behaviour.FLAKY
                ? flakiness.spoil(model.get().id(), request, answer)
                : answer;
    }

    private SimAnswer json(Call call, String path) {
        if (path.endsWith("/chat/completions")) {
            return call.json().path("messages").isArray()
                    ? ChatCompletions.answer(call)
                    : missing("messages");
        } else if (path.endsWith("/completions")) {
            return Completions.answer(call);
        } else if (path.endsWith("/responses")) {
            return call.json().has("input") ? stored.answer(call) : missing("input");
        } else if (path.endsWith("/responses/input_tokens")) {
            return SimAnswer.json(
                    200,
                    "{\"object\":\"response.input_tokens\",\"input_tokens\":"
                            + PromptReader.responses(call.json()).tokens()
                            + "}");
        } else if (path.endsWith("/embeddings")) {
            return call.json().has("input") ? Embeddings.answer(call) : missing("input");
        } else if (path.endsWith("/rerank")) {
            return call.json().path("documents").isArray()
                    ? Reranking.answer(call)
                    : missing("documents");
        } else if (path.endsWith("/images/generations")) {
            return Images.answer(call, call.json().path("prompt").asString(""));
        } else if (path.endsWith("/audio/speech")) {
            return Audio.speech(call);
        } else if (path.endsWith("/moderations")) {
            return Moderations.answer(call);
        }
        return ErrorAnswers.of(404, "invalid_request_error", "null", "Unknown path.");
    }

    private static SimAnswer form(Call call, String path) {
        FormData form = FormData.of(call.request());
        if (path.endsWith("/audio/transcriptions") || path.endsWith("/audio/translations")) {
            return Audio.transcription(call, form, path.endsWith("/translations"));
        } else if (path.endsWith("/images/edits") || path.endsWith("/images/variations")) {
            return Images.answer(call, form.field("prompt").orElse(""));
        }
        return ErrorAnswers.of(404, "invalid_request_error", "null", "Unknown path.");
    }

    private static SimAnswer missing(String parameter) {
        return SimAnswer.json(
                400,
                "{\"error\":{\"message\":\"Missing required parameter: '"
                        + parameter
                        + "'.\",\"type\":\"invalid_request_error\",\"param\":\""
                        + parameter
                        + "\",\"code\":\"missing_required_parameter\"}}");
    }

    private Call call(SimRequest request, JsonNode json, SimModel model, String name) {
        RandomGenerator random =
                RandomGeneratorFactory.of("L64X128MixRandom")
                        .create(
                                model.load().seed()
                                        + requests.incrementAndGet() * 0x9E3779B97F4A7C15L);
        String id =
                HexFormat.of().toHexDigits(random.nextLong())
                        + HexFormat.of().toHexDigits(random.nextLong());
        return new Call(request, json, model, name, clock.instant().getEpochSecond(), id, random);
    }

    private SimAnswer models() {
        StringJoiner list = new StringJoiner(",");
        models.all().forEach(model -> list.add(describe(model.id())));
        return SimAnswer.json(200, "{\"object\":\"list\",\"data\":[" + list + "]}");
    }

    private SimAnswer model(String name) {
        return models.find(new RequestedModel(name)).isPresent()
                ? SimAnswer.json(200, describe(name))
                : ErrorAnswers.of(404);
    }

    private static String describe(String id) {
        return "{\"id\":"
                + Json.quote(id)
                + ",\"object\":\"model\",\"created\":1767225600,\"owned_by\":\"sim\"}";
    }
}
