package io.fairlead.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.RequestOptions;
import com.openai.core.http.HttpResponse;
import com.openai.core.http.HttpResponseFor;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.InternalServerException;
import com.openai.errors.NotFoundException;
import com.openai.errors.OpenAIException;
import com.openai.errors.OpenAIIoException;
import com.openai.errors.OpenAIServiceException;
import com.openai.errors.PermissionDeniedException;
import com.openai.errors.RateLimitException;
import com.openai.errors.UnauthorizedException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.audio.speech.SpeechCreateParams;
import com.openai.models.audio.transcriptions.TranscriptionCreateParams;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionMessageFunctionToolCall;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import com.openai.models.completions.CompletionUsage;
import com.openai.models.embeddings.CreateEmbeddingResponse;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseStreamEvent;

import io.fairlead.simulator.fault.FaultInjector;
import io.fairlead.simulator.openai.OpenAiSimulator;
import io.fairlead.simulator.openai.SimModels;
import io.fairlead.simulator.server.SimulatorServer;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * The official OpenAI SDK for Java, unmodified and with its own validation of answers switched on,
 * as a client of the packaged gateway whose provider is the simulator.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenAiJavaTest {
    private static final String KEY = "key-of-the-java-client-0123456789";
    private static final String NARROW_KEY = "key-of-a-narrow-client-0123456789";
    private static final RequestOptions VALIDATED =
            RequestOptions.builder().responseValidation(true).build();

    private SimulatorServer simulator;
    private GatewayProcess gateway;
    private OpenAIClient client;

    @BeforeAll
    void start(@TempDir Path folder) {
        simulator =
                SimulatorServer.start(
                        new FaultInjector(
                                new OpenAiSimulator(
                                        SimModels.lenientBuiltIn(), InstantSource.system())));
        gateway =
                GatewayProcess.in(folder)
                        .config(
                                """
                                server: { admin_key: "%s" }
                                defaults: { retries: 0, breaker: off }
                                providers:
                                  openai: { api_key: key-of-the-provider, base_url: "%s/v1" }
                                keys:
                                  - { name: java, secret: %s }
                                  - { name: narrow, secret: %s, models: ["openai/gpt-4o"] }
                                """
                                        .formatted(
                                                GatewayProcess.ADMIN_KEY,
                                                simulator.baseUrl(),
                                                KEY,
                                                NARROW_KEY))
                        .start();
        client = client(KEY);
    }

    @AfterAll
    void stop() {
        if (client != null) {
            client.close();
        }
        if (gateway != null) {
            gateway.close();
        }
        simulator.close();
    }

    private OpenAIClient client(String key) {
        return client(gateway, key);
    }

    private static OpenAIClient client(GatewayProcess gateway, String key) {
        return OpenAIOkHttpClient.builder()
                .baseUrl(gateway.url() + "/v1")
                .apiKey(key)
                .maxRetries(0)
                .timeout(Duration.ofSeconds(30))
                .build();
    }

    private static ChatCompletionCreateParams.Builder say(String model, String text) {
        return ChatCompletionCreateParams.builder().model(model).addUserMessage(text);
    }

    @Test
    void chatAnswersWithUsage() {
        ChatCompletion answer =
                client.chat()
                        .completions()
                        .create(say("openai/gpt-4o", "Hello, fairlead").build(), VALIDATED);

        assertThat(answer.choices().getFirst().message().content()).hasValue("Hello, fairlead");
        assertThat(answer.choices().getFirst().finishReason())
                .isEqualTo(ChatCompletion.Choice.FinishReason.STOP);
        assertThat(answer.usage().orElseThrow().totalTokens()).isPositive();
    }

    @Test
    void chatTellsItsCostInAHeader() {
        try (HttpResponseFor<ChatCompletion> response =
                client.chat()
                        .completions()
                        .withRawResponse()
                        .create(say("openai/gpt-4o", "What does this cost?").build())) {
            CompletionUsage usage = response.parse().usage().orElseThrow();
            // gpt-4o: 2.50 USD for a million tokens in, 10 out
            BigDecimal cost =
                    new BigDecimal("0.0000025")
                            .multiply(BigDecimal.valueOf(usage.promptTokens()))
                            .add(
                                    new BigDecimal("0.00001")
                                            .multiply(
                                                    BigDecimal.valueOf(usage.completionTokens())));
            assertThat(new BigDecimal(response.headers().values("x-fairlead-cost").getFirst()))
                    .isEqualByComparingTo(cost);
            assertThat(response.headers().values("x-fairlead-model"))
                    .containsExactly("openai/gpt-4o");
        }
    }

    @Test
    void aStreamedChatGivesTheTextInPiecesAndUsageWhenAsked() {
        ChatCompletionCreateParams asked =
                say("openai/gpt-4o", "one two three four")
                        .streamOptions(
                                ChatCompletionStreamOptions.builder().includeUsage(true).build())
                        .build();
        ChatCompletionAccumulator whole = ChatCompletionAccumulator.create();
        List<ChatCompletionChunk> chunks = new ArrayList<>();
        try (StreamResponse<ChatCompletionChunk> stream =
                client.chat().completions().createStreaming(asked, VALIDATED)) {
            stream.stream().peek(whole::accumulate).forEach(chunks::add);
        }

        assertThat(whole.chatCompletion().choices().getFirst().message().content())
                .hasValue("one two three four");
        assertThat(chunks.size()).isGreaterThan(3);
        assertThat(chunks.getLast().choices()).isEmpty();
        assertThat(chunks.getLast().usage()).isPresent();
    }

    @Test
    void aStreamedChatHasNoUsageThatNobodyAskedFor() {
        try (StreamResponse<ChatCompletionChunk> stream =
                client.chat()
                        .completions()
                        .createStreaming(say("openai/gpt-4o", "a b c").build(), VALIDATED)) {
            assertThat(stream.stream())
                    .allSatisfy(chunk -> {
                        assertThat(chunk.usage()).isEmpty();
                        assertThat(chunk.choices()).isNotEmpty();
                    });
        }
    }

    /** Gets the weather of a city. */
    record GetWeather(String city) {}

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void toolsAreCalledAndTheResultIsAnswered(boolean streamed) {
        ChatCompletionCreateParams.Builder params =
                say("sim/tools", "What is the weather in Kiel?").addTool(GetWeather.class);
        ChatCompletion first = streamed ? streamed(params) : unary(params);
        ChatCompletion.Choice choice = first.choices().getFirst();
        ChatCompletionMessageFunctionToolCall call =
                choice.message().toolCalls().orElseThrow().getFirst().asFunction();

        assertThat(choice.finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.TOOL_CALLS);
        assertThat(call.function().arguments(GetWeather.class).city()).isNotNull();

        params.addMessage(choice.message())
                .addMessage(
                        ChatCompletionToolMessageParam.builder()
                                .toolCallId(call.id())
                                .content("12 degrees")
                                .build());
        ChatCompletion second = streamed ? streamed(params) : unary(params);
        assertThat(second.choices().getFirst().finishReason())
                .isEqualTo(ChatCompletion.Choice.FinishReason.STOP);
        assertThat(second.choices().getFirst().message().content().orElse("")).isNotEmpty();
    }

    private ChatCompletion unary(ChatCompletionCreateParams.Builder params) {
        return client.chat().completions().create(params.build(), VALIDATED);
    }

    private ChatCompletion streamed(ChatCompletionCreateParams.Builder params) {
        ChatCompletionAccumulator whole = ChatCompletionAccumulator.create();
        try (StreamResponse<ChatCompletionChunk> stream =
                client.chat().completions().createStreaming(params.build(), VALIDATED)) {
            stream.stream().forEach(whole::accumulate);
        }
        return whole.chatCompletion();
    }

    /** A structured answer. */
    record Person(String name, int age, List<String> friends) {}

    @Test
    void structuredOutputFitsItsClass() {
        Person person =
                client.chat()
                        .completions()
                        .create(
                                say("sim/echo", "a person").responseFormat(Person.class).build(),
                                VALIDATED)
                        .choices()
                        .getFirst()
                        .message()
                        .content()
                        .orElseThrow();

        assertThat(person.name()).isNotNull();
    }

    @Test
    void responsesAnswer() {
        Response response =
                client.responses()
                        .create(
                                ResponseCreateParams.builder()
                                        .model("openai/gpt-4o")
                                        .input("Hello")
                                        .build(),
                                VALIDATED);

        assertThat(response.output()).isNotEmpty();
        assertThat(response.usage().orElseThrow().outputTokens()).isPositive();
    }

    @Test
    void responsesStreamFromCreatedToCompleted() {
        List<ResponseStreamEvent> events;
        try (StreamResponse<ResponseStreamEvent> stream =
                client.responses()
                        .createStreaming(
                                ResponseCreateParams.builder()
                                        .model("openai/gpt-4o")
                                        .input("one two three")
                                        .build(),
                                VALIDATED)) {
            events = stream.stream().toList();
        }
        StringBuilder text = new StringBuilder();
        for (ResponseStreamEvent event : events) {
            event.outputTextDelta().ifPresent(delta -> text.append(delta.delta()));
        }

        assertThat(events.getFirst().isCreated()).isTrue();
        assertThat(events.getLast().isCompleted()).isTrue();
        assertThat(text.toString()).isEqualTo("one two three");
    }

    @Test
    void embeddingsComeAsNumbersAndAsBase64() {
        CreateEmbeddingResponse answer =
                client.embeddings()
                        .create(
                                EmbeddingCreateParams.builder()
                                        .model("openai/text-embedding-3-small")
                                        .inputOfArrayOfStrings(List.of("a", "b"))
                                        .build());

        assertThat(answer.data()).hasSize(2);
        assertThat(answer.data().getFirst().embedding()).isNotEmpty();
    }

    @Test
    void aFileOfAudioIsTranscribed() {
        String text =
                client.audio()
                        .transcriptions()
                        .create(
                                TranscriptionCreateParams.builder()
                                        .model("openai/whisper-1")
                                        .file(new byte[256 * 1024])
                                        .build())
                        .asTranscription()
                        .text();

        assertThat(text).isNotEmpty();
    }

    @Test
    void speechComesAsBytes() throws Exception {
        try (HttpResponse speech =
                client.audio()
                        .speech()
                        .create(
                                SpeechCreateParams.builder()
                                        .model("openai/tts-1")
                                        .voice("alloy")
                                        .input("Hello")
                                        .build())) {
            assertThat(speech.body().readAllBytes()).isNotEmpty();
        }
    }

    private OpenAIServiceException failure(OpenAIClient asking, String model) {
        return catchThrowableOfType(
                OpenAIServiceException.class,
                () -> asking.chat().completions().create(say(model, "x").build()));
    }

    @Test
    void errorsHaveTheirOwnTypes() {
        assertThat(failure(client, "openai/echo-fault-400"))
                .isInstanceOf(BadRequestException.class);
        assertThat(failure(client, "nowhere/gpt")).isInstanceOf(NotFoundException.class);
        assertThat(failure(client, "nowhere/gpt").code()).hasValue("model_not_found");
        assertThat(failure(client, "openai/echo-fault-500"))
                .isInstanceOf(InternalServerException.class)
                .extracting(OpenAIServiceException::statusCode)
                .isEqualTo(502);
        assertThat(failure(client, "openai/echo-fault-503"))
                .extracting(OpenAIServiceException::statusCode)
                .isEqualTo(503);
    }

    @Test
    void aStrangerIsUnauthorizedAndANarrowKeyIsDenied() {
        OpenAIClient narrow = client(NARROW_KEY);

        assertThat(failure(client("fl-nobody-000000000000000000000000"), "openai/gpt-4o"))
                .isInstanceOf(UnauthorizedException.class)
                .extracting(e -> e.code().orElse(""))
                .isEqualTo("unauthenticated");
        assertThat(failure(narrow, "openai/gpt-4o-mini"))
                .isInstanceOf(PermissionDeniedException.class)
                .extracting(e -> e.code().orElse(""))
                .isEqualTo("model_not_allowed");
        assertThat(
                        narrow.chat()
                                .completions()
                                .create(say("openai/gpt-4o", "mine").build())
                                .choices())
                .hasSize(1);
    }

    @Test
    void aThrottledProviderIsARateLimitWithItsRetryAfter(@TempDir Path folder) {
        try (GatewayProcess throttled =
                GatewayProcess.in(folder)
                        .config(
                                """
                                defaults: { retries: 0, breaker: off }
                                providers:
                                  openai: { api_key: key-of-the-provider, base_url: "%s/v1" }
                                """
                                        .formatted(simulator.baseUrl()))
                        .start()) {
            OpenAIClient asking = client(throttled, "none");
            OpenAIServiceException failure = failure(asking, "openai/echo-fault-429-retry-after-7");

            assertThat(failure).isInstanceOf(RateLimitException.class);
            assertThat(failure.headers().values("retry-after")).containsExactly("7");
            asking.close();
        }
    }

    @Test
    void aStreamCutInTheMiddleIsAnErrorAndNoEnd() {
        List<String> pieces = new ArrayList<>();
        assertThatThrownBy(
                        () -> {
                            try (StreamResponse<ChatCompletionChunk> stream =
                                    client.chat()
                                            .completions()
                                            .createStreaming(
                                                    say(
                                                                    "openai/lorem-fault-cut-after-events-5",
                                                                    "x")
                                                            .build())) {
                                stream.stream()
                                        .flatMap(chunk -> chunk.choices().stream())
                                        .forEach(choice ->
                                                choice.delta().content().ifPresent(pieces::add));
                            }
                        })
                .isInstanceOf(OpenAIException.class);
        assertThat(pieces).isNotEmpty();
    }

    @Test
    void closingAStreamCancelsTheProvider() {
        long before = simulator.traffic().aborted();
        try (StreamResponse<ChatCompletionChunk> stream =
                client.chat()
                        .completions()
                        .createStreaming(
                                say("openai/lorem-fault-stall-after-events-4", "x").build())) {
            assertThat(stream.stream().findFirst()).isPresent();
        }

        assertThat(
                        simulator
                                .traffic()
                                .await(
                                        () -> simulator.traffic().aborted() > before,
                                        Duration.ofSeconds(30)))
                .as("the provider saw the client go")
                .isTrue();
    }

    @Test
    void aTimeoutOfTheClientCancelsTheProvider() {
        long before = simulator.traffic().aborted();
        RequestOptions impatient = RequestOptions.builder().timeout(Duration.ofSeconds(2)).build();

        assertThatThrownBy(() ->
                        client.chat()
                                .completions()
                                .create(
                                        say("openai/echo-fault-stall-before-headers", "x").build(),
                                        impatient))
                .isInstanceOf(OpenAIIoException.class);
        assertThat(
                        simulator
                                .traffic()
                                .await(
                                        () -> simulator.traffic().aborted() > before,
                                        Duration.ofSeconds(30)))
                .isTrue();
    }

    @Test
    void modelsAreListedAndFound() {
        assertThat(client.models().list().autoPager().stream().map(model -> model.id()))
                .contains("sim/echo", "openai/gpt-4o");
        assertThat(client.models().retrieve("sim/echo").id()).isEqualTo("sim/echo");
    }
}
