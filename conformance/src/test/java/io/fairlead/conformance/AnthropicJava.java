package io.fairlead.conformance;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.JsonValue;
import com.anthropic.core.RequestOptions;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.errors.AnthropicServiceException;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.Base64ImageSource;
import com.anthropic.models.messages.ContentBlock;
import com.anthropic.models.messages.ContentBlockParam;
import com.anthropic.models.messages.DocumentBlockParam;
import com.anthropic.models.messages.JsonOutputFormat;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.MessageParam;
import com.anthropic.models.messages.OutputConfig;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.StopReason;
import com.anthropic.models.messages.Tool;
import com.anthropic.models.messages.ToolChoiceTool;
import com.anthropic.models.messages.ToolResultBlockParam;
import com.anthropic.models.messages.ToolUseBlock;
import com.anthropic.models.messages.Usage;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The official Anthropic SDK for Java, checking what it reads. One thread at a time. */
final class AnthropicJava implements JavaClient<MessageParam> {
    private static final Map<StopReason, String> FINISHES =
            Map.of(
                    StopReason.END_TURN, "stop",
                    StopReason.STOP_SEQUENCE, "stop",
                    StopReason.MAX_TOKENS, "length",
                    StopReason.TOOL_USE, "tools",
                    StopReason.REFUSAL, "refusal");

    private final AnthropicClient client;

    AnthropicJava(String url, String key) {
        client = AnthropicOkHttpClient.builder().baseUrl(url).apiKey(key).maxRetries(0).build();
    }

    @Override
    public String name() {
        return "anthropic for Java, messages";
    }

    @Override
    public Map<String, String> lacks() {
        return Map.of("json mode", "the Messages API has no JSON without a schema");
    }

    @Override
    public MessageParam user(Piece... pieces) {
        List<ContentBlockParam> blocks = new ArrayList<>();
        for (Piece piece : pieces) {
            blocks.add(block(piece));
        }
        return MessageParam.ofUserOfContentBlockParams(blocks);
    }

    private static ContentBlockParam block(Piece piece) {
        return switch (piece) {
            case Piece.Words(String text) -> ContentBlockParam.ofText(text);
            case Piece.Image(String base64) ->
                    ContentBlockParam.ofImage(
                            Base64ImageSource.builder()
                                    .mediaType(Base64ImageSource.MediaType.IMAGE_PNG)
                                    .data(base64)
                                    .build());
            case Piece.Pdf(String base64) ->
                    ContentBlockParam.ofDocument(
                            DocumentBlockParam.builder().base64Source(base64).build());
        };
    }

    @Override
    public MessageParam assistant(String text) {
        return MessageParam.ofAssistant(text);
    }

    @Override
    public List<MessageParam> results(List<Call> calls, List<String> outputs) {
        List<ContentBlockParam> blocks = new ArrayList<>();
        for (int i = 0; i < calls.size(); i++) {
            blocks.add(
                    ContentBlockParam.ofToolResult(
                            ToolResultBlockParam.builder()
                                    .toolUseId(calls.get(i).id())
                                    .content(outputs.get(i))
                                    .build()));
        }
        return List.of(MessageParam.ofUserOfContentBlockParams(blocks));
    }

    @Override
    public Answer<MessageParam> ask(
            String model, List<MessageParam> conversation, Options options) {
        MessageCreateParams params = params(model, conversation, options);
        RequestOptions checked =
                RequestOptions.builder()
                        .responseValidation(true)
                        .timeout(options.timeout())
                        .build();
        if (!options.stream()) {
            return answer(client.messages().create(params, checked));
        }
        MessageAccumulator whole = MessageAccumulator.create();
        try (StreamResponse<RawMessageStreamEvent> stream =
                client.messages().createStreaming(params, checked)) {
            stream.stream()
                    .forEach(event -> {
                        whole.accumulate(event);
                        options.piece().run();
                    });
        }
        return answer(whole.message());
    }

    @SuppressWarnings("unchecked") // its values of any JSON have no type of their own
    private static MessageCreateParams params(
            String model, List<MessageParam> conversation, Options options) {
        MessageCreateParams.Builder params =
                MessageCreateParams.builder().model(model).maxTokens(2048).messages(conversation);
        options.system().ifPresent(params::system);
        for (ToolSpec tool : options.tools()) {
            params.addTool(
                    Tool.builder()
                            .name(tool.name())
                            .description(tool.description())
                            .inputSchema(JsonValue.from(tool.parameters()))
                            .build());
        }
        options.choice()
                .ifPresent(name -> params.toolChoice(ToolChoiceTool.builder().name(name).build()));
        options.schema()
                .ifPresent(schema ->
                        params.outputConfig(
                                OutputConfig.builder()
                                        .format(
                                                JsonOutputFormat.builder()
                                                        .schema(JsonValue.from(schema))
                                                        .build())
                                        .build()));
        if (options.think()) {
            params.enabledThinking(1024);
        }
        options.stop().ifPresent(text -> params.stopSequences(List.of(text)));
        return params.build();
    }

    private static Answer<MessageParam> answer(Message message) {
        StringBuilder text = new StringBuilder();
        StringBuilder thoughts = new StringBuilder();
        List<Call> calls = new ArrayList<>();
        for (ContentBlock block : message.content()) {
            block.text().ifPresent(it -> text.append(it.text()));
            block.thinking().ifPresent(it -> thoughts.append(it.thinking()));
            block.toolUse().ifPresent(it -> calls.add(call(it)));
        }
        Usage usage = message.usage();
        return new Answer<>(
                text.toString(),
                "",
                thoughts.toString(),
                calls,
                message.stopReason().map(FINISHES::get).orElse("none"),
                usage.inputTokens()
                        + usage.cacheReadInputTokens().orElse(0L)
                        + usage.cacheCreationInputTokens().orElse(0L),
                usage.outputTokens(),
                List.of(message.toParam()));
    }

    private static Call call(ToolUseBlock use) {
        Object input = use._input().convert(Map.class);
        return new Call(use.id(), use.name(), Replay.JSON.writeValueAsString(input));
    }

    @Override
    public boolean isError(Throwable error, int status) {
        return error instanceof AnthropicServiceException failure && failure.statusCode() == status;
    }
}
