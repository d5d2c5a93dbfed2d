package io.fairlead.protocol.adapt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.protocol.adapt.Treatment.Rewrite;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.ChatRequest;
import io.fairlead.protocol.model.Media;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Role;
import io.fairlead.protocol.model.Sampling;
import io.fairlead.protocol.model.Text;
import io.fairlead.protocol.model.Tool;
import io.fairlead.protocol.model.ToolCall;
import io.fairlead.protocol.model.ToolChoice;
import io.fairlead.protocol.model.ToolResult;
import io.fairlead.protocol.model.ToolUse;
import io.fairlead.protocol.model.Turn;

import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class RewritesTest {
    private static final ModelFacts MODEL = ModelFacts.unknown("m");

    private static Turn user(Part... parts) {
        return Turn.of(Role.USER, parts);
    }

    private static Turn user(String text) {
        return user(Text.of(text));
    }

    private static Turn system(String text) {
        return Turn.of(Role.SYSTEM, Text.of(text));
    }

    private static Turn assistant(Part... parts) {
        return Turn.of(Role.ASSISTANT, parts);
    }

    private static Turn assistant(String text) {
        return assistant(Text.of(text));
    }

    private static ChatRequest done(Rewrite rewrite, Turn... turns) {
        ChatRequest once = rewrite.apply(ChatRequest.of("m", turns), MODEL);
        assertThat(rewrite.apply(once, MODEL)).as("done twice").isEqualTo(once);
        return once;
    }

    @Test
    void whatNeedsNoChangeStaysTheVerySame() {
        ChatRequest plain = ChatRequest.of("m", system("s"), user("a"), assistant("b"), user("c"));
        for (Rewrite rewrite :
                List.of(
                        TurnRewrites.mergedIntoFirst(),
                        TurnRewrites.asUserText(),
                        TurnRewrites.developerAsSystem(),
                        TurnRewrites.lastSystemAsUser(),
                        TurnRewrites.rolesMerged(),
                        TurnRewrites.emptyLeftOut(),
                        TurnRewrites.userFirst(),
                        TurnRewrites.userLast(),
                        TurnRewrites.nameBeforeText(),
                        TurnRewrites.refusalAsText(),
                        ToolRewrites.hostedLeftOut(),
                        ToolRewrites.customAsFunction(),
                        ToolRewrites.declared(),
                        ToolRewrites.errorsMarked(),
                        ToolRewrites.orphansAsText(),
                        ToolRewrites.answered(),
                        ToolRewrites.mediaBehindResults(),
                        ToolRewrites.resultsNamed(),
                        ToolIds.MISTRAL,
                        ToolNames.COMMON,
                        ChoiceRewrites.onlyAllowedSent(),
                        ChoiceRewrites.onlyNamedSent(),
                        ChoiceRewrites.noneSent(),
                        ChoiceRewrites.byInstruction(),
                        FormatRewrites.schemaByTool(),
                        FormatRewrites.objectByTool(),
                        FormatRewrites.schemaAsObject(),
                        FormatRewrites.schemaByInstruction(),
                        FormatRewrites.objectByInstruction(),
                        MediaRewrites.documentsAsText(),
                        MediaRewrites.documentsUnpacked(),
                        MediaRewrites.fetched(Feature.IMAGE_URL),
                        SamplingRewrites.temperature(0, 1),
                        SamplingRewrites.topP(0, 1),
                        SamplingRewrites.topK(1, 500),
                        SamplingRewrites.stop(4, false))) {
            assertThat(rewrite.apply(plain, MODEL)).isSameAs(plain);
        }
    }

    @Test
    void laterInstructionsMoveToTheFrontOrAreSaidByTheUser() {
        Turn[] talk = {system("a"), user("b"), system("c"), assistant("d")};
        assertThat(done(TurnRewrites.mergedIntoFirst(), talk).turns())
                .containsExactly(system("a"), system("c"), user("b"), assistant("d"));
        assertThat(done(TurnRewrites.asUserText(), talk).turns())
                .containsExactly(
                        system("a"), user("b"), user("<system>\nc\n</system>"), assistant("d"));
    }

    @Test
    void nothingButInstructionsBecomesAQuestion() {
        assertThat(done(TurnRewrites.lastSystemAsUser(), system("a"), system("b")).turns())
                .containsExactly(system("a"), user("b"));
        assertThat(done(TurnRewrites.lastSystemAsUser()).turns()).hasSize(1);
    }

    @Test
    void neighboursOfARoleBecomeOneTurn() {
        Turn ann = new Turn(Role.USER, List.of(Text.of("b")), Optional.of("Ann"), Beside.NONE);
        assertThat(done(TurnRewrites.rolesMerged(), user("a"), user("b"), assistant("c")).turns())
                .containsExactly(user(Text.of("a"), Text.of("b")), assistant("c"));
        assertThat(done(TurnRewrites.rolesMerged(), user("a"), ann).turns())
                .containsExactly(user(Text.of("a"), Text.of("Ann: b")));
    }

    @Test
    void emptyTextsAndTurnsGoButSomebodySpeaks() {
        assertThat(
                        done(
                                        TurnRewrites.emptyLeftOut(),
                                        user(Text.of("a"), Text.of(" ")),
                                        assistant(""),
                                        user("b"))
                                .turns())
                .containsExactly(user("a"), user("b"));
        assertThat(done(TurnRewrites.emptyLeftOut(), system("a"), user("")).turns())
                .containsExactly(system("a"), user(TurnRewrites.NOTHING));
    }

    @Test
    void theUserHasTheFirstAndTheLastWord() {
        assertThat(done(TurnRewrites.userFirst(), system("s"), assistant("a"), user("b")).turns())
                .containsExactly(
                        system("s"), user(TurnRewrites.BEGINNING), assistant("a"), user("b"));
        assertThat(done(TurnRewrites.userLast(), user("a"), assistant("b")).turns())
                .containsExactly(user("a"), assistant("b"), user(TurnRewrites.GO_ON));
    }

    private static ToolCall call(String id) {
        return ToolCall.of(id, "f", "{}");
    }

    private static ToolResult result(String id) {
        return ToolResult.of(id, "of " + id);
    }

    @Test
    void resultsFollowTheirCallsAndMissingOnesAreMade() {
        ChatRequest now =
                done(
                        ToolRewrites.answered(),
                        user("q"),
                        assistant(call("a"), call("b"), call("c")),
                        user("wait"),
                        user(result("c")),
                        assistant("ok"),
                        user(result("a"), Text.of("more")));
        assertThat(now.turns()).hasSize(6);
        assertThat(now.turns().get(2).parts()).hasSize(3);
        assertThat(now.turns().get(2).parts()).startsWith(result("a")).endsWith(result("c"));
        assertThat(now.turns().subList(3, 6))
                .containsExactly(user("wait"), assistant("ok"), user("more"));
        assertThat(new FeatureScan(now).uses(Feature.TOOL_CALL_UNANSWERED)).isFalse();
    }

    @Test
    void anIdThatIsUsedAgainHasItsOwnResultEachTime() {
        ToolResult second = ToolResult.of("a", "second");
        ChatRequest now =
                done(
                        ToolRewrites.answered(),
                        user("q"),
                        assistant(call("a")),
                        user(result("a")),
                        assistant(call("a")),
                        user("wait"),
                        user(second));
        assertThat(now.turns().get(2)).isEqualTo(user(result("a")));
        assertThat(now.turns().subList(4, 6)).containsExactly(user(second), user("wait"));
    }

    @Test
    void anOrphanOrSecondResultIsToldByTheUser() {
        ChatRequest now =
                done(
                        ToolRewrites.orphansAsText(),
                        user(result("x")),
                        assistant(call("a")),
                        user(result("a"), result("a")));
        assertThat(now.turns().getFirst().parts())
                .containsExactly(Text.of("Result of call x:"), Text.of("of x"));
        assertThat(now.turns().get(2).parts())
                .containsExactly(result("a"), Text.of("Result of call a:"), Text.of("of a"));
    }

    @Test
    void mediaOfResultsStandBehindAllResults() {
        Media image = Media.inline(Media.Kind.IMAGE, "image/png", FeatureSamples.PNG);
        ChatRequest now =
                done(
                        ToolRewrites.mediaBehindResults(),
                        user("q"),
                        assistant(call("a"), call("b")),
                        user(result("a").withContent(List.of(image))),
                        user(result("b")),
                        assistant("ok"));
        assertThat(now.turns().get(2).parts())
                .containsExactly(result("a").withContent(List.of(Text.of("(image: see below)"))));
        assertThat(now.turns().get(3).parts())
                .containsExactly(
                        result("b"), Text.of("Given by the tool as result of call a:"), image);
    }

    @Test
    void idsGetTheShapeTheProtocolTakesAndStayPaired() {
        Turn[] talk = {
            user("q"),
            assistant(call("call_0123456789"), call("abcdefghi")),
            user(result("abcdefghi"), result("call_0123456789")),
            assistant(call("abcdefghi"), call("")),
            user(result("abcdefghi"), result(""))
        };
        ChatRequest now = done(ToolIds.MISTRAL, talk);
        assertThat(done(ToolIds.MISTRAL, talk)).isEqualTo(now);
        List<String> calls = ids(now, true);
        List<String> results = ids(now, false);
        assertThat(calls).doesNotHaveDuplicates().allMatch(id -> id.matches("[a-zA-Z0-9]{9}"));
        assertThat(calls.get(1)).isEqualTo("abcdefghi");
        assertThat(results).containsExactly(calls.get(1), calls.get(0), calls.get(2), calls.get(3));
    }

    private static List<String> ids(ChatRequest request, boolean ofCalls) {
        return request.turns().stream()
                .flatMap(turn -> turn.parts().stream())
                .filter(part -> ofCalls ? part instanceof ToolCall : part instanceof ToolResult)
                .map(part -> part instanceof ToolCall c ? c.id() : ((ToolResult) part).callId())
                .toList();
    }

    @Test
    void calledToolsAreDeclaredAndNotToBeCalledAgain() {
        ToolUse use =
                done(ToolRewrites.declared(), user("q"), assistant(call("a")), user(result("a")))
                        .tools();
        assertThat(use.tools()).extracting(Tool::name).containsExactly("f");
        assertThat(use.choice()).contains(new ToolChoice.None());
    }

    private static ChatRequest choosing(ToolChoice choice) {
        Json schema = Json.parse("{\"type\":\"object\"}");
        return ChatRequest.of("m", user("q"))
                .withTools(
                        ToolUse.NONE
                                .withTools(
                                        List.of(
                                                Tool.Function.of("f", "", schema),
                                                Tool.Function.of("g", "", schema)))
                                .withChoice(Optional.of(choice)));
    }

    @Test
    void choicesAreSaidByWhatIsSent() {
        ToolUse allowed =
                ChoiceRewrites.onlyAllowedSent()
                        .apply(choosing(new ToolChoice.Allowed(false, List.of("g"))), MODEL)
                        .tools();
        assertThat(allowed.tools()).extracting(Tool::name).containsExactly("g");
        assertThat(allowed.choice()).isEmpty();
        ToolUse named =
                ChoiceRewrites.onlyNamedSent()
                        .apply(choosing(new ToolChoice.Named("f")), MODEL)
                        .tools();
        assertThat(named.tools()).extracting(Tool::name).containsExactly("f");
        assertThat(named.choice()).contains(new ToolChoice.Required());
        assertThat(ChoiceRewrites.noneSent().apply(choosing(new ToolChoice.None()), MODEL).tools())
                .isEqualTo(ToolUse.NONE);
    }

    @Test
    void aDataUrlIsBytesAndAnAddressIsNeededThenRefused() {
        Media data = Media.url(Media.Kind.IMAGE, "data:image/png;base64," + FeatureSamples.PNG);
        Media web = Media.url(Media.Kind.IMAGE, "https://example.com/a.png");
        Rewrite fetched = MediaRewrites.fetched(Feature.IMAGE_URL, "gs");
        Media.Source.Inline bytes = new Media.Source.Inline("image/png", FeatureSamples.PNG);
        assertThat(done(fetched, user(data)).turns().getFirst().parts())
                .containsExactly(data.withSource(bytes));
        ChatRequest asked = ChatRequest.of("m", user(web));
        assertThatThrownBy(() -> fetched.apply(asked, MODEL)).isInstanceOf(Unsupported.class);
        ChatRequest replaced = MediaRewrites.replaced(asked, Map.of(web, bytes));
        assertThat(fetched.apply(replaced, MODEL)).isSameAs(replaced);
        Media stored = Media.url(Media.Kind.IMAGE, "gs://bucket/a.png");
        assertThat(done(fetched, user(stored)).turns()).containsExactly(user(stored));
    }

    @Test
    void samplingIsBroughtWithinLimits() {
        Sampling hot =
                Sampling.DEFAULT
                        .withTemperature(Optional.of(new BigDecimal("1.7")))
                        .withStop(List.of("a", " ", "b", "c"));
        ChatRequest asked = ChatRequest.of("m", user("q")).withSampling(hot);
        assertThat(
                        SamplingRewrites.temperature(0, 1)
                                .apply(asked, MODEL)
                                .sampling()
                                .temperature()
                                .orElseThrow())
                .isEqualByComparingTo("1");
        assertThat(SamplingRewrites.stop(2, false).apply(asked, MODEL).sampling().stop())
                .containsExactly("a", "b");
        assertThat(SamplingRewrites.maxTokens(4096).apply(asked, MODEL).output().maxTokens())
                .contains(4096L);
    }

    @Test
    void namesThatDontFitAreBentAndDontCollide() {
        Json schema = Json.parse("{\"type\":\"object\"}");
        ChatRequest asked =
                ChatRequest.of("m", user("q"), assistant(ToolCall.of("1", "a.b", "{}")))
                        .withTools(
                                ToolUse.NONE
                                        .withTools(
                                                List.of(
                                                        Tool.Function.of("a.b", "", schema),
                                                        Tool.Function.of("a_b", "", schema)))
                                        .withChoice(Optional.of(new ToolChoice.Named("a.b"))));
        ChatRequest now = ToolNames.COMMON.apply(asked, MODEL);
        assertThat(now.tools().tools()).extracting(Tool::name).containsExactly("a_b_2", "a_b");
        assertThat(now.tools().choice()).contains(new ToolChoice.Named("a_b_2"));
        assertThat(now.turns().get(1).parts()).containsExactly(ToolCall.of("1", "a_b_2", "{}"));
    }
}
