package io.fairlead.protocol.gemini;

import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonArray;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.model.ChatRequest;
import io.fairlead.protocol.model.Output;
import io.fairlead.protocol.model.OutputFormat;
import io.fairlead.protocol.model.Sampling;
import io.fairlead.protocol.model.Thinking;

import java.util.Locale;
import java.util.Optional;

/** Writes {@code generationConfig}, if there is anything to say in it. Stateless: any thread. */
final class ConfigWriter {
    private ConfigWriter() {}

    static void write(ChatRequest request, JsonObject body, Spelling spelling) {
        JsonObject config = new JsonObject();
        sampling(request.sampling(), config, spelling);
        output(request.output(), config, spelling);
        request.thinking().ifPresent(thinking -> thinking(thinking, config, spelling));
        if (!config.isEmpty()) {
            body.put(spelling.name("generationConfig"), config);
        }
    }

    private static void sampling(Sampling sampling, JsonObject config, Spelling spelling) {
        spelling.number(config, "temperature", sampling.temperature());
        spelling.number(config, "topP", sampling.topP());
        spelling.number(config, "topK", sampling.topK());
        spelling.number(config, "frequencyPenalty", sampling.frequencyPenalty());
        spelling.number(config, "presencePenalty", sampling.presencePenalty());
        spelling.number(config, "seed", sampling.seed());
        if (!sampling.stop().isEmpty()) {
            config.put(spelling.name("stopSequences"), JsonArray.ofTexts(sampling.stop()));
        }
    }

    private static void output(Output output, JsonObject config, Spelling spelling) {
        spelling.number(config, "maxOutputTokens", output.maxTokens());
        spelling.number(config, "candidateCount", output.choices());
        if (output.logProbs().isPresent()) {
            config.put(spelling.name("responseLogprobs"), true);
            boolean zero = spelling.form(ConfigReader.LOG_PROBS_ZERO);
            spelling.number(config, "logprobs", output.logProbs().filter(top -> top > 0 || zero));
        }
        output.format().ifPresent(format -> format(format, config, spelling));
        if (!output.modalities().isEmpty()) {
            JsonArray modalities = config.array(spelling.name("responseModalities"));
            for (String modality : output.modalities()) {
                modalities.add(
                        spelling.form("modalities:lower")
                                ? modality
                                : spelling.form("modalities:title")
                                        ? ConfigReader.title(modality)
                                        : modality.toUpperCase(Locale.ROOT));
            }
        }
    }

    private static void format(OutputFormat format, JsonObject config, Spelling spelling) {
        String type =
                format instanceof OutputFormat.PlainText ? ConfigReader.PLAIN : ConfigReader.JSON;
        if (!spelling.form(ConfigReader.NO_TYPE)) {
            config.put(spelling.name("responseMimeType"), type);
        }
        if (format instanceof OutputFormat.JsonSchema schema) {
            Json value = schema.schema();
            if (OpenApiSchema.isInRest(spelling, "responseSchema")) {
                // Written with the rest.
                return;
            }
            if (OpenApiSchema.isForm(spelling, "responseSchema")) {
                config.put(
                        spelling.name("responseSchema"),
                        OpenApiSchema.write(value, "responseSchema", spelling));
            } else {
                config.put(spelling.name("responseJsonSchema"), value);
            }
        }
    }

    private static void thinking(Thinking thinking, JsonObject config, Spelling spelling) {
        JsonObject object = new JsonObject();
        Optional<Long> budget =
                switch (thinking.mode()) {
                    case OFF -> Optional.of(0L);
                    case ADAPTIVE -> Optional.of(-1L);
                    case ON, DEFAULT -> thinking.budget();
                };
        spelling.number(object, "thinkingBudget", budget);
        thinking.effort()
                .ifPresent(effort ->
                        spelling.word(object, "thinkingLevel", effort.toUpperCase(Locale.ROOT)));
        spelling.put(object, "includeThoughts", thinking.shown());
        if (!object.isEmpty()) {
            config.put(spelling.name("thinkingConfig"), object);
        }
    }
}
