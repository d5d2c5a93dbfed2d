package io.fairlead.protocol.translate;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.kernel.Protocol;
import io.fairlead.kernel.Usage;
import io.fairlead.protocol.adapt.AnswerGather;
import io.fairlead.protocol.adapt.AnswerReplay;
import io.fairlead.protocol.adapt.ModelFacts;
import io.fairlead.protocol.codec.AnswerContext;
import io.fairlead.protocol.codec.ChatProtocol;
import io.fairlead.protocol.codec.Frame;
import io.fairlead.protocol.codec.StreamReader;
import io.fairlead.protocol.codec.StreamWriter;
import io.fairlead.protocol.codec.WireRequest;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.model.Batch;
import io.fairlead.protocol.model.ChatAnswer;
import io.fairlead.protocol.model.ChatRequest;
import io.fairlead.protocol.model.Choice;
import io.fairlead.protocol.model.Finish;
import io.fairlead.protocol.model.Marks;
import io.fairlead.protocol.model.Reasoning;
import io.fairlead.protocol.model.StreamEvent;
import io.fairlead.protocol.model.Text;
import io.fairlead.protocol.model.TokenLogProb;
import io.fairlead.protocol.model.TokenUsage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What one provider says and another does not, as clients get it. */
final class MeaningKeptTest {
    @ParameterizedTest
    @EnumSource(names = {"ANTHROPIC_MESSAGES", "GEMINI"})
    void thoughtsAndTheirSummaryAreBothTold(Protocol client) {
        Reasoning both =
                new Reasoning(List.of("First the sum."), List.of("About sums."), Marks.NONE);
        ChatAnswer answer =
                ChatAnswer.of(
                        "",
                        "",
                        TokenUsage.of(Usage.of(1, 1)),
                        Choice.of(Finish.of(Finish.Reason.STOP, ""), both, Text.of("4")));
        ChatProtocol protocol = Protocols.of(client).orElseThrow();
        ChatAnswer whole = protocol.readAnswer(Json.parse(protocol.writeAnswer(answer, context())));
        assertThat(thoughts(whole)).contains("First the sum.", "About sums.");
        StreamWriter writer = protocol.streamWriter(context());
        StreamReader reader = protocol.streamReader();
        AnswerGather gathered = new AnswerGather(1 << 16);
        for (Batch batch : AnswerReplay.of(answer)) {
            writer.write(batch).forEach(frame -> gathered.add(reader.read(frame)));
        }
        assertThat(thoughts(gathered.answer())).contains("First the sum.", "About sums.");
    }

    private static String thoughts(ChatAnswer answer) {
        StringBuilder text = new StringBuilder();
        answer.choices().getFirst().parts().stream()
                .filter(Reasoning.class::isInstance)
                .forEach(part -> text.append(((Reasoning) part).text()).append('\n'));
        return text.toString();
    }

    @ParameterizedTest
    @EnumSource(names = {"ANTHROPIC_MESSAGES", "BEDROCK_CONVERSE"})
    void moreReadFromACacheThanThereWasInputIsNoMoreThanTheInput(Protocol client) {
        Usage odd = new Usage(200, 320, 10, 0, 0, 5, 0, 0, 0);
        ChatAnswer answer =
                ChatAnswer.of(
                        "",
                        "",
                        TokenUsage.of(odd),
                        Choice.of(Finish.of(Finish.Reason.STOP, ""), Text.of("4")));
        ChatProtocol protocol = Protocols.of(client).orElseThrow();
        Usage told =
                protocol.readAnswer(Json.parse(protocol.writeAnswer(answer, context())))
                        .usage()
                        .orElseThrow()
                        .counts();
        assertThat(told.inputTokens()).isEqualTo(200);
        assertThat(told.cachedInputTokens()).isEqualTo(200);
        assertThat(told.cacheWriteTokens()).isZero();
    }

    @Test
    void logProbabilitiesOfOllamaAreThoseOfTokens() {
        String said =
                "\"logprobs\":[{\"token\":\"Hi\",\"logprob\":-0.5,\"bytes\":[72,105],\"top_logprobs\":"
                    + "[{\"token\":\"Ho\",\"logprob\":-2}]}]";
        String line =
                "{\"model\":\"m\",\"message\":{\"role\":\"assistant\",\"content\":\"Hi\"},\"done\":true,"
                    + "\"done_reason\":\"stop\","
                        + said
                        + "}";
        ChatProtocol ollama = Protocols.of(Protocol.OLLAMA).orElseThrow();
        ChatAnswer answer = ollama.readAnswer(Json.parse(line));
        TokenLogProb token = answer.choices().getFirst().logProbs().getFirst();
        assertThat(token.token()).isEqualTo("Hi");
        assertThat(token.logProb()).isEqualByComparingTo("-0.5");
        assertThat(token.top()).extracting(TokenLogProb::token).containsExactly("Ho");
        assertThat(Json.parse(ollama.writeAnswer(answer, context()))).isEqualTo(Json.parse(line));
        assertThat(known(ollama, line)).containsExactly("Hi");
    }

    @Test
    void logProbabilitiesOfCohereAreThoseOfPieces() {
        String pieces =
                "\"logprobs\":[{\"text\":\"Hi\",\"token_ids\":[1],\"logprobs\":[-0.5]},"
                        + "{\"text\":\" you\",\"token_ids\":[2,3],\"logprobs\":[-1,-0.25]}]";
        String body =
                "{\"id\":\"x\",\"message\":{\"role\":\"assistant\",\"content\":[{\"type\":\"text\",\"text\":\"Hi"
                    + " you\"}]},\"finish_reason\":\"COMPLETE\","
                        + pieces
                        + "}";
        ChatProtocol cohere = Protocols.of(Protocol.COHERE_V2).orElseThrow();
        ChatAnswer answer = cohere.readAnswer(Json.parse(body));
        assertThat(answer.choices().getFirst().logProbs())
                .extracting(TokenLogProb::logProb)
                .usingComparatorForType(BigDecimal::compareTo, BigDecimal.class)
                .containsExactly(new BigDecimal("-0.5"), new BigDecimal("-1.25"));
        assertThat(Json.parse(cohere.writeAnswer(answer, context()))).isEqualTo(Json.parse(body));
        assertThat(
                        known(
                                cohere,
                                "{\"type\":\"content-start\",\"index\":0,\"delta\":{\"message\":{\"content\":{\"type\":\"text\",\"text\":\"\"}}}}",
                                "{\"type\":\"content-delta\",\"index\":0,\"delta\":{\"message\":{\"content\":{\"text\":\"Hi\"}}},"
                                    + "\"logprobs\":{\"text\":\"Hi\",\"token_ids\":[1],\"logprobs\":[-0.5]}}"))
                .containsExactly("Hi");
    }

    @Test
    void logProbabilitiesAreAskedForWhereTheyAreTold() {
        ChatProtocol chat = Protocols.of(Protocol.OPENAI_CHAT).orElseThrow();
        ChatRequest asked =
                chat.readRequest(
                        WireRequest.of(
                                Json.parse(
                                        "{\"model\":\"m\",\"logprobs\":true,\"top_logprobs\":3,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}")));
        for (Protocol protocol : List.of(Protocol.OLLAMA, Protocol.COHERE_V2)) {
            ChatProtocol provider = Protocols.of(protocol).orElseThrow();
            ChatRequest there =
                    provider.differences().prepare(asked, ModelFacts.unknown("m")).request();
            Json body = Json.parse(provider.writeRequest(there).body());
            assertThat(body.get("logprobs")).as("%s", protocol).contains(Json.TRUE);
        }
    }

    @Test
    void aRoleThatIsNullAtTheBeginningIsTheAssistants() {
        ChatProtocol chat = Protocols.of(Protocol.OPENAI_CHAT).orElseThrow();
        ChatProtocol anthropic = Protocols.of(Protocol.ANTHROPIC_MESSAGES).orElseThrow();
        String chunk =
                "{\"id\":\"x\",\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"role\":null,\"content\":\"Hi\"},\"finish_reason\":null}]}";
        Batch batch =
                chat.streamReader().read(new Frame("", chunk.getBytes(StandardCharsets.UTF_8)));
        List<Frame> told = anthropic.streamWriter(context()).write(batch);
        Json start = Json.parse(told.getFirst().data()).get("message").orElseThrow();
        assertThat(start.get("role")).contains(Json.of("assistant"));
    }

    private static List<String> known(ChatProtocol provider, String... messages) {
        StreamReader reader = provider.streamReader();
        List<String> tokens = new ArrayList<>();
        for (String message : messages) {
            Batch batch = reader.read(new Frame("", message.getBytes(StandardCharsets.UTF_8)));
            for (StreamEvent event : batch.events()) {
                if (event instanceof StreamEvent.LogProbsKnown known) {
                    known.logProbs().forEach(token -> tokens.add(token.token()));
                }
            }
        }
        return tokens;
    }

    private static AnswerContext context() {
        return new AnswerContext(ChatRequest.of("m"), "0123456789abcdef", "m", 1_700_000_000);
    }
}
