package io.fairlead.conformance;

import com.google.genai.Client;
import com.google.genai.ResponseStream;
import com.google.genai.errors.ApiException;
import com.google.genai.types.Candidate;
import com.google.genai.types.Content;
import com.google.genai.types.FunctionCall;
import com.google.genai.types.FunctionCallingConfig;
import com.google.genai.types.FunctionDeclaration;
import com.google.genai.types.FunctionResponse;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.GenerateContentResponseUsageMetadata;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.HttpRetryOptions;
import com.google.genai.types.Part;
import com.google.genai.types.ThinkingConfig;
import com.google.genai.types.Tool;
import com.google.genai.types.ToolConfig;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The official Google Gen AI SDK for Java. One thread at a time. */
final class GoogleJava implements JavaClient<Content> {
    private static final Map<String, String> FINISHES =
            Map.of(
                    "STOP", "stop",
                    "MAX_TOKENS", "length",
                    "SAFETY", "filter",
                    "PROHIBITED_CONTENT", "filter");

    private final Client client;

    GoogleJava(String url, String key) {
        client =
                Client.builder()
                        .apiKey(key)
                        .httpOptions(
                                HttpOptions.builder()
                                        .baseUrl(url)
                                        .retryOptions(HttpRetryOptions.builder().attempts(1))
                                        .build())
                        .build();
    }

    @Override
    public String name() {
        return "google for Java, generateContent";
    }

    @Override
    public Map<String, String> lacks() {
        return Map.of();
    }

    @Override
    public Content user(Piece... pieces) {
        List<Part> parts = new ArrayList<>();
        for (Piece piece : pieces) {
            parts.add(
                    switch (piece) {
                        case Piece.Words(String text) -> Part.fromText(text);
                        case Piece.Image(String base64) ->
                                Part.fromBytes(Base64.getDecoder().decode(base64), "image/png");
                        case Piece.Pdf(String base64) ->
                                Part.fromBytes(
                                        Base64.getDecoder().decode(base64), "application/pdf");
                    });
        }
        return Content.builder().role("user").parts(parts).build();
    }

    @Override
    public Content assistant(String text) {
        return Content.builder().role("model").parts(Part.fromText(text)).build();
    }

    @Override
    public List<Content> results(List<Call> calls, List<String> outputs) {
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < calls.size(); i++) {
            FunctionResponse.Builder response =
                    FunctionResponse.builder()
                            .name(calls.get(i).name())
                            .response(Map.of("output", outputs.get(i)));
            if (!calls.get(i).id().isEmpty()) {
                response.id(calls.get(i).id());
            }
            parts.add(Part.builder().functionResponse(response).build());
        }
        return List.of(Content.builder().role("user").parts(parts).build());
    }

    @Override
    public Answer<Content> ask(String model, List<Content> conversation, Options options) {
        GenerateContentConfig config = config(options);
        Gathered gathered = new Gathered();
        if (!options.stream()) {
            gathered.take(client.models.generateContent(model, conversation, config));
            return gathered.answer();
        }
        try (ResponseStream<GenerateContentResponse> stream =
                client.models.generateContentStream(model, conversation, config)) {
            for (GenerateContentResponse piece : stream) {
                gathered.take(piece);
                options.piece().run();
            }
        }
        return gathered.answer();
    }

    private static GenerateContentConfig config(Options options) {
        GenerateContentConfig.Builder config =
                GenerateContentConfig.builder()
                        .httpOptions(
                                HttpOptions.builder()
                                        .timeout((int) options.timeout().toMillis())
                                        .build());
        options.system()
                .ifPresent(
                        text -> config.systemInstruction(Content.fromParts(Part.fromText(text))));
        if (!options.tools().isEmpty()) {
            List<FunctionDeclaration> functions = new ArrayList<>();
            for (ToolSpec tool : options.tools()) {
                functions.add(
                        FunctionDeclaration.builder()
                                .name(tool.name())
                                .description(tool.description())
                                .parametersJsonSchema(tool.parameters())
                                .build());
            }
            config.tools(Tool.builder().functionDeclarations(functions).build());
        }
        options.choice()
                .ifPresent(name ->
                        config.toolConfig(
                                ToolConfig.builder()
                                        .functionCallingConfig(
                                                FunctionCallingConfig.builder()
                                                        .mode("ANY")
                                                        .allowedFunctionNames(name))));
        if (options.json() || options.schema().isPresent()) {
            config.responseMimeType("application/json");
        }
        options.schema().ifPresent(config::responseJsonSchema);
        if (options.think()) {
            config.thinkingConfig(
                    ThinkingConfig.builder().includeThoughts(true).thinkingBudget(1024));
        }
        options.stop().ifPresent(config::stopSequences);
        return config.build();
    }

    /** What came, in one piece or in many. */
    private static final class Gathered {
        private final List<Part> parts = new ArrayList<>();
        private String finish = "none";
        private Optional<GenerateContentResponseUsageMetadata> usage = Optional.empty();

        void take(GenerateContentResponse piece) {
            usage = piece.usageMetadata().or(() -> usage);
            for (Candidate candidate : piece.candidates().orElse(List.of())) {
                parts.addAll(candidate.content().flatMap(Content::parts).orElse(List.of()));
                candidate.finishReason().ifPresent(it -> finish = it.toString());
            }
        }

        Answer<Content> answer() {
            List<Call> calls = new ArrayList<>();
            StringBuilder text = new StringBuilder();
            StringBuilder thoughts = new StringBuilder();
            for (Part part : parts) {
                part.functionCall().ifPresent(it -> calls.add(call(it)));
                part.text().ifPresent((part.thought().orElse(false) ? thoughts : text)::append);
            }
            String end = FINISHES.getOrDefault(finish, finish);
            return new Answer<>(
                    text.toString(),
                    "",
                    thoughts.toString(),
                    calls,
                    end.equals("stop") && !calls.isEmpty() ? "tools" : end,
                    count(GenerateContentResponseUsageMetadata::promptTokenCount)
                            + count(GenerateContentResponseUsageMetadata::toolUsePromptTokenCount),
                    count(GenerateContentResponseUsageMetadata::candidatesTokenCount)
                            + count(GenerateContentResponseUsageMetadata::thoughtsTokenCount),
                    List.of(Content.builder().role("model").parts(parts).build()));
        }

        private long count(
                java.util.function.Function<GenerateContentResponseUsageMetadata, Optional<Integer>>
                        of) {
            return usage.flatMap(of).orElse(0);
        }

        private static Call call(FunctionCall call) {
            return new Call(
                    call.id().orElse(""),
                    call.name().orElse(""),
                    Replay.JSON.writeValueAsString(call.args().orElse(Map.of())));
        }
    }

    @Override
    public boolean isError(Throwable error, int status) {
        return error instanceof ApiException failure && failure.code() == status;
    }
}
