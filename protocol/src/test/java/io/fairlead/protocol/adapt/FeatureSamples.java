package io.fairlead.protocol.adapt;

import io.fairlead.kernel.Protocol;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.CacheMark;
import io.fairlead.protocol.model.Caller;
import io.fairlead.protocol.model.ChatRequest;
import io.fairlead.protocol.model.Citation;
import io.fairlead.protocol.model.Foreign;
import io.fairlead.protocol.model.Marks;
import io.fairlead.protocol.model.Media;
import io.fairlead.protocol.model.Media.Kind;
import io.fairlead.protocol.model.Media.Source;
import io.fairlead.protocol.model.Output;
import io.fairlead.protocol.model.OutputFormat;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Reasoning;
import io.fairlead.protocol.model.Refusal;
import io.fairlead.protocol.model.Role;
import io.fairlead.protocol.model.Sampling;
import io.fairlead.protocol.model.Seal;
import io.fairlead.protocol.model.Text;
import io.fairlead.protocol.model.Thinking;
import io.fairlead.protocol.model.Tool;
import io.fairlead.protocol.model.ToolCall;
import io.fairlead.protocol.model.ToolChoice;
import io.fairlead.protocol.model.ToolResult;
import io.fairlead.protocol.model.ToolUse;
import io.fairlead.protocol.model.Turn;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A small but realistic request for each feature, which uses it. Stateless: any thread. */
public final class FeatureSamples {
    /** One red pixel. */
    public static final String PNG =
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5E"
                + "rkJggg==";

    private static final String PDF = "JVBERi0xLjEKJSVFT0YK";
    private static final String WAV = "UklGRiQAAABXQVZFZm10IBAAAAABAAEA";
    private static final String MP4 = "AAAAGGZ0eXBtcDQyAAAAAG1wNDJpc29t";
    private static final Json CITY =
            Json.parse(
                    "{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}},"
                            + "\"required\":[\"city\"],\"additionalProperties\":false}");
    private static final Turn QUESTION = user(Text.of("What is the weather in Oslo?"));
    private static final ToolCall CALL =
            ToolCall.of("call_1", "get_weather", "{\"city\":\"Oslo\"}");
    private static final ToolResult RESULT = ToolResult.of("call_1", "{\"celsius\":4}");

    private FeatureSamples() {}

    /** A plain question, with a limit of output tokens. */
    public static ChatRequest plain() {
        return talk(QUESTION);
    }

    /** The request that {@code feature} is shown with. */
    public static ChatRequest of(Feature feature) {
        return switch (feature) {
            case CHOICES ->
                    output(o ->
                            new Output(
                                    o.maxTokens(),
                                    o.format(),
                                    Optional.of(2L),
                                    o.logProbs(),
                                    o.modalities(),
                                    o.audio(),
                                    o.verbosity()));
            case LOG_PROBS -> output(o -> o.withLogProbs(Optional.of(2L)));
            case AUDIO_OUT ->
                    output(o ->
                            new Output(
                                    o.maxTokens(),
                                    o.format(),
                                    o.choices(),
                                    o.logProbs(),
                                    List.of("text", "audio"),
                                    Optional.of(
                                            Json.parse(
                                                    "{\"voice\":\"alloy\","
                                                            + "\"format\":\"wav\"}")),
                                    o.verbosity()));
            case IMAGE_OUT -> output(o -> o.withModalities(List.of("text", "image")));
            case VERBOSITY ->
                    output(o ->
                            new Output(
                                    o.maxTokens(),
                                    o.format(),
                                    o.choices(),
                                    o.logProbs(),
                                    o.modalities(),
                                    o.audio(),
                                    Optional.of("low")));
            case JSON_SCHEMA ->
                    output(o ->
                            o.withFormat(
                                    Optional.of(
                                            new OutputFormat.JsonSchema(
                                                    Optional.of("weather"),
                                                    Optional.empty(),
                                                    CITY,
                                                    Optional.of(true),
                                                    Beside.NONE))));
            case JSON_OBJECT -> output(o -> o.withFormat(Optional.of(new OutputFormat.AnyJson())));
            case NO_MAX_TOKENS -> output(o -> o.withMaxTokens(Optional.empty()));
            case TEMPERATURE ->
                    sampling(s -> s.withTemperature(Optional.of(new BigDecimal("0.5"))));
            case TOP_P -> sampling(s -> s.withTopP(Optional.of(new BigDecimal("0.9"))));
            case TOP_K -> sampling(s -> s.withTopK(Optional.of(40L)));
            case MIN_P, FREQUENCY_PENALTY, PRESENCE_PENALTY, REPETITION_PENALTY, SEED, LOGIT_BIAS ->
                    sampling(s -> rare(feature));
            case STOP -> sampling(s -> s.withStop(List.of("END")));
            case REASONING_EFFORT -> thinking(Thinking.ofEffort("high"));
            case REASONING_BUDGET -> thinking(on(Thinking.Mode.ON).withBudget(Optional.of(2048L)));
            case REASONING_OFF -> thinking(on(Thinking.Mode.OFF));
            case REASONING_ADAPTIVE -> thinking(on(Thinking.Mode.ADAPTIVE));
            case REASONING_SUMMARY ->
                    thinking(Thinking.ofEffort("high").withSummary(Optional.of("auto")));
            case REASONING_HISTORY ->
                    talk(
                            QUESTION,
                            assistant(Reasoning.of("Oslo is north."), Text.of("Cold.")),
                            user(Text.of("How cold?")));
            case REASONING_SEALED ->
                    talk(
                            QUESTION,
                            assistant(
                                    Reasoning.of("Oslo is north.")
                                            .withMarks(
                                                    Marks.NONE.withSeal(
                                                            Optional.of(
                                                                    Seal.signature(
                                                                            "elsewhere", "c2ln")))),
                                    Text.of("Cold.")),
                            user(Text.of("How cold?")));
            case SERVICE_TIER -> delivery(r -> r.delivery().withServiceTier(Optional.of("auto")));
            case STORE -> delivery(r -> r.delivery().withStore(Optional.of(true)));
            case PREVIOUS -> delivery(r -> r.delivery().withPrevious(Optional.of("resp_1")));
            case BACKGROUND -> delivery(r -> r.delivery().withBackground(Optional.of(true)));
            case USER ->
                    caller(new Caller(Optional.of("user-7"), Optional.empty(), Optional.empty()));
            case METADATA ->
                    caller(
                            new Caller(
                                    Optional.empty(),
                                    Optional.of(Json.parse("{\"team\":\"blue\"}")),
                                    Optional.empty()));
            case CACHE_KEY ->
                    caller(new Caller(Optional.empty(), Optional.empty(), Optional.of("k1")));
            case CACHE_MARK ->
                    talk(
                            user(
                                    Text.of("A long text.")
                                            .withMarks(
                                                    Marks.NONE.withCache(
                                                            Optional.of(CacheMark.DEFAULT))),
                                    Text.of("What does it say?")));
            case TOOL_STRICT -> tools(weather().withStrict(Optional.of(true)));
            case TOOL_CUSTOM -> tools(custom());
            case TOOL_HOSTED ->
                    tools(
                            new Tool.Hosted(
                                    Protocol.SIM,
                                    "web_search",
                                    Json.parse("{\"type\":\"web_search\"}")),
                            weather());
            case TOOLS_UNDECLARED ->
                    talk(
                            QUESTION,
                            assistant(CALL),
                            user(RESULT),
                            assistant(Text.of("4.")),
                            thanks());
            case TOOL_CHOICE_ALLOWED ->
                    choice(new ToolChoice.Allowed(true, List.of("get_weather", "get_time")));
            case TOOL_CHOICE_NAMED -> choice(new ToolChoice.Named("get_weather"));
            case TOOL_CHOICE_REQUIRED -> choice(new ToolChoice.Required());
            case TOOL_CHOICE_NONE -> choice(new ToolChoice.None());
            case PARALLEL_CALLS_SWITCH ->
                    tools(weather())
                            .withTools(
                                    ToolUse.NONE
                                            .withTools(List.of(weather()))
                                            .withParallel(Optional.of(false)));
            case TOOL_RESULT_ERROR ->
                    called(
                            new ToolResult(
                                    "call_1",
                                    Optional.empty(),
                                    List.of(Text.of("no such city")),
                                    true,
                                    Marks.NONE));
            case TOOL_RESULT_MEDIA ->
                    called(
                            RESULT.withContent(
                                    List.of(
                                            Text.of("A chart:"),
                                            Media.inline(Kind.IMAGE, "image/png", PNG))));
            case TOOL_RESULT_ORPHAN ->
                    talk(QUESTION, user(RESULT), thanks())
                            .withTools(ToolUse.NONE.withTools(List.of(weather())));
            case TOOL_CALL_UNANSWERED ->
                    talk(QUESTION, assistant(CALL), thanks())
                            .withTools(ToolUse.NONE.withTools(List.of(weather())));
            case IMAGE_INLINE -> media(Media.inline(Kind.IMAGE, "image/png", PNG));
            case IMAGE_URL -> media(Media.url(Kind.IMAGE, "https://example.com/a.png"));
            case IMAGE_FILE -> media(file(Kind.IMAGE, "image/png"));
            case IMAGE_DETAIL ->
                    media(
                            Media.inline(Kind.IMAGE, "image/png", PNG)
                                    .withDetail(Optional.of("high")));
            case DOCUMENT_INLINE ->
                    media(document(new Source.Inline("application/pdf", PDF), "report.pdf"));
            case DOCUMENT_URL -> media(Media.url(Kind.DOCUMENT, "https://example.com/a.pdf"));
            case DOCUMENT_FILE -> media(file(Kind.DOCUMENT, "application/pdf"));
            case DOCUMENT_TEXT ->
                    media(document(new Source.PlainText("It rains in Bergen."), "notes"));
            case DOCUMENT_PARTS ->
                    media(
                            document(
                                    new Source.Parts(List.of(Text.of("It rains in Bergen."))),
                                    "notes"));
            case AUDIO_INLINE -> media(Media.inline(Kind.AUDIO, "audio/wav", WAV));
            case AUDIO_URL -> media(Media.url(Kind.AUDIO, "https://example.com/a.wav"));
            case AUDIO_FILE -> media(file(Kind.AUDIO, "audio/wav"));
            case VIDEO_INLINE -> media(Media.inline(Kind.VIDEO, "video/mp4", MP4));
            case VIDEO_URL -> media(Media.url(Kind.VIDEO, "https://example.com/a.mp4"));
            case VIDEO_FILE -> media(file(Kind.VIDEO, "video/mp4"));
            case CITATIONS ->
                    talk(
                            QUESTION,
                            assistant(new Text("4 degrees.", List.of(citation()), Marks.NONE)),
                            thanks());
            case REFUSAL -> talk(QUESTION, assistant(Refusal.of("I won't.")), thanks());
            case FOREIGN ->
                    talk(
                            QUESTION,
                            assistant(
                                    Foreign.of(
                                            Protocol.SIM,
                                            "web_search_call",
                                            Json.parse("{\"type\":\"web_search_call\"}")),
                                    Text.of("4 degrees.")),
                            thanks());
            case ASSISTANT_MEDIA ->
                    talk(
                            user(Text.of("Draw a dot.")),
                            assistant(Text.of("Here:"), Media.inline(Kind.IMAGE, "image/png", PNG)),
                            thanks());
            case PARTICIPANT_NAME ->
                    talk(
                            new Turn(
                                    Role.USER,
                                    List.of(Text.of("Hello.")),
                                    Optional.of("Ann"),
                                    Beside.NONE));
            case DEVELOPER -> talk(Turn.of(Role.DEVELOPER, Text.of("Be brief.")), QUESTION);
            case SYSTEM_MIDWAY ->
                    talk(
                            QUESTION,
                            assistant(Text.of("Cold.")),
                            Turn.of(Role.SYSTEM, Text.of("From now on, rhyme.")),
                            user(Text.of("How cold?")));
            case EMPTY_CONTENT -> talk(QUESTION, assistant(Text.of("")), thanks());
            case CONSECUTIVE_ROLES -> talk(QUESTION, user(Text.of("And in Bergen?")));
            case ASSISTANT_FIRST -> talk(assistant(Text.of("How can I help?")), QUESTION);
            case ASSISTANT_LAST -> talk(QUESTION, assistant(Text.of("In Oslo it is")));
            case NO_USER_TURN -> talk(Turn.of(Role.SYSTEM, Text.of("Say hello.")));
        };
    }

    private static Sampling rare(Feature feature) {
        Optional<BigDecimal> half = Optional.of(new BigDecimal("0.5"));
        Optional<BigDecimal> no = Optional.empty();
        return new Sampling(
                no,
                no,
                Optional.empty(),
                feature == Feature.MIN_P ? half : no,
                feature == Feature.FREQUENCY_PENALTY ? half : no,
                feature == Feature.PRESENCE_PENALTY ? half : no,
                feature == Feature.REPETITION_PENALTY ? Optional.of(new BigDecimal("1.1")) : no,
                feature == Feature.SEED ? Optional.of(7L) : Optional.empty(),
                List.of(),
                feature == Feature.LOGIT_BIAS
                        ? Optional.of(Json.parse("{\"50256\":-100}"))
                        : Optional.empty());
    }

    private static ChatRequest talk(Turn... turns) {
        return ChatRequest.of("some-model", turns)
                .withOutput(Output.DEFAULT.withMaxTokens(Optional.of(4096L)));
    }

    private static Turn user(Part... parts) {
        return Turn.of(Role.USER, parts);
    }

    private static Turn assistant(Part... parts) {
        return Turn.of(Role.ASSISTANT, parts);
    }

    private static Turn thanks() {
        return user(Text.of("Thank you. And tomorrow?"));
    }

    private static ChatRequest output(UnaryOperator<Output> change) {
        return plain().withOutput(change.apply(plain().output()));
    }

    private static ChatRequest sampling(UnaryOperator<Sampling> change) {
        return plain().withSampling(change.apply(Sampling.DEFAULT));
    }

    private static Thinking on(Thinking.Mode mode) {
        return new Thinking(
                mode,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Beside.NONE);
    }

    private static ChatRequest thinking(Thinking thinking) {
        return plain().withThinking(Optional.of(thinking));
    }

    private static ChatRequest delivery(
            java.util.function.Function<ChatRequest, io.fairlead.protocol.model.Delivery> change) {
        return plain().withDelivery(change.apply(plain()));
    }

    private static ChatRequest caller(Caller caller) {
        return plain().withCaller(caller);
    }

    private static Tool.Function weather() {
        return Tool.Function.of("get_weather", "Weather of a city", CITY);
    }

    private static Tool custom() {
        return new Tool.Custom("shell", Optional.of("Runs a line"), Optional.empty(), Beside.NONE);
    }

    private static ChatRequest tools(Tool... tools) {
        return plain().withTools(ToolUse.NONE.withTools(List.of(tools)));
    }

    private static ChatRequest choice(ToolChoice choice) {
        List<Tool> tools = new ArrayList<>();
        tools.add(weather());
        tools.add(Tool.Function.of("get_time", "Time in a city", CITY));
        tools.add(Tool.Function.of("get_mayor", "Mayor of a city", CITY));
        return plain().withTools(ToolUse.NONE.withTools(tools).withChoice(Optional.of(choice)));
    }

    private static ChatRequest called(ToolResult result) {
        return talk(QUESTION, assistant(CALL), user(result))
                .withTools(ToolUse.NONE.withTools(List.of(weather())));
    }

    private static ChatRequest media(Media media) {
        return talk(user(Text.of("What is this?"), media));
    }

    private static Media file(Kind kind, String type) {
        return Media.url(kind, "").withSource(new Source.FileId("file-1", Optional.of(type)));
    }

    private static Media document(Source source, String name) {
        return new Media(Kind.DOCUMENT, source, Optional.of(name), Optional.empty(), Marks.NONE);
    }

    private static Citation citation() {
        return new Citation(
                Citation.Kind.WEB,
                Optional.of("https://example.com/oslo"),
                Optional.of("Oslo"),
                Optional.empty(),
                Optional.empty(),
                Optional.of(0L),
                Optional.of(10L),
                Beside.NONE);
    }
}
