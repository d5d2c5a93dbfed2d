package io.fairlead.protocol.gemini;

import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.Json.Kind;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.Output;
import io.fairlead.protocol.model.OutputFormat;
import io.fairlead.protocol.model.Sampling;
import io.fairlead.protocol.model.Thinking;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads {@code generationConfig}. Stateless: any thread. */
final class ConfigReader {
    static final String JSON = "application/json";
    static final String PLAIN = "text/plain";

    /** The schema stands under the older name, without a word on the media type. */
    static final String NO_TYPE = "format:no-type";

    /** Of thinking: Google's rules count for what is not said. */
    static final String OWN = "own";

    static final String LOG_PROBS_ZERO = "logprobs:zero";

    private ConfigReader() {}

    static Sampling sampling(ProtoFields config) {
        return new Sampling(
                config.number("temperature"),
                config.number("topP"),
                config.count("topK"),
                Optional.empty(),
                config.number("frequencyPenalty"),
                config.number("presencePenalty"),
                Optional.empty(),
                config.count("seed"),
                config.texts("stopSequences"),
                Optional.empty());
    }

    static Output output(ProtoFields config) {
        return new Output(
                config.count("maxOutputTokens"),
                format(config),
                config.count("candidateCount"),
                logProbs(config),
                modalities(config),
                Optional.empty(),
                Optional.empty());
    }

    private static Optional<Long> logProbs(ProtoFields config) {
        if (!config.isOn("responseLogprobs")) {
            return Optional.empty();
        }
        Optional<Long> top = config.count("logprobs");
        if (top.isPresent() && top.get() == 0) {
            config.form(LOG_PROBS_ZERO);
        }
        return Optional.of(top.orElse(0L));
    }

    private static Optional<OutputFormat> format(ProtoFields config) {
        String type =
                config.peek("responseMimeType").filter(Json::isString).map(Json::text).orElse("");
        Optional<Json> schema = Optional.empty();
        if (type.isEmpty() || type.equals(JSON)) {
            schema = schema(config);
        }
        if (!schema.isEmpty() || type.equals(JSON) || type.equals(PLAIN)) {
            if (type.isEmpty()) {
                config.form(NO_TYPE);
            } else {
                config.text("responseMimeType");
            }
        }
        if (schema.isPresent()) {
            return Optional.of(
                    new OutputFormat.JsonSchema(
                            Optional.empty(),
                            Optional.empty(),
                            schema.get(),
                            Optional.empty(),
                            Beside.NONE));
        }
        return switch (type) {
            case JSON -> Optional.of(new OutputFormat.AnyJson());
            case PLAIN -> Optional.of(new OutputFormat.PlainText());
            default -> Optional.empty();
        };
    }

    private static Optional<Json> schema(ProtoFields config) {
        Optional<Json> schema = config.peek("responseJsonSchema");
        if (schema.isPresent()) {
            config.take("responseJsonSchema");
            return schema;
        }
        return config.peek("responseSchema")
                .map(s -> OpenApiSchema.read(s, "responseSchema", config));
    }

    private static List<String> modalities(ProtoFields config) {
        Optional<Json> said = config.peek("responseModalities");
        if (said.isEmpty() || said.get().isEmpty()) {
            return List.of();
        }
        List<String> modalities = new ArrayList<>();
        boolean upper = true;
        boolean lower = true;
        boolean title = true;
        for (Json element : said.get().elements()) {
            if (element.kind() == Kind.NUMBER) {
                return List.of();
            }
            String word = element.isString() ? element.text() : "";
            String lowered = word.toLowerCase(Locale.ROOT);
            upper &= word.equals(word.toUpperCase(Locale.ROOT));
            lower &= word.equals(lowered);
            title &= word.equals(title(lowered));
            modalities.add(lowered);
        }
        if (upper || lower || title) {
            // Refuses what is no list of texts.
            config.texts("responseModalities");
            if (!upper) {
                config.form(lower ? "modalities:lower" : "modalities:title");
            }
        }
        return modalities;
    }

    static String title(String lower) {
        return lower.isEmpty() ? "" : Character.toUpperCase(lower.charAt(0)) + lower.substring(1);
    }

    static Optional<Thinking> thinking(ProtoFields config) {
        Optional<ProtoFields> found = config.object("thinkingConfig");
        if (found.isEmpty()) {
            return Optional.empty();
        }
        ProtoFields thinking = found.get();
        Optional<Long> said = thinking.count("thinkingBudget");
        long budget = said.orElse(1L);
        Thinking.Mode mode =
                budget == 0
                        ? Thinking.Mode.OFF
                        : budget < 0 ? Thinking.Mode.ADAPTIVE : Thinking.Mode.DEFAULT;
        Optional<String> effort =
                thinking.word("thinkingLevel").map(level -> level.toLowerCase(Locale.ROOT));
        Optional<Boolean> shown = thinking.flag("includeThoughts");
        if (said.isEmpty() && effort.isEmpty() && shown.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new Thinking(
                        mode,
                        effort,
                        said.filter(count -> count > 0),
                        Optional.empty(),
                        shown,
                        ChunkForms.form(OWN)));
    }
}
