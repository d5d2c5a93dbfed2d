package io.fairlead.protocol.completions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.kernel.Usage;
import io.fairlead.protocol.Recordings;
import io.fairlead.protocol.Recordings.Exchange;
import io.fairlead.protocol.chat.Schemas;
import io.fairlead.protocol.codec.AnswerContext;
import io.fairlead.protocol.codec.Unreadable;
import io.fairlead.protocol.codec.WireRequest;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.model.Batch;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.ChatAnswer;
import io.fairlead.protocol.model.ChatRequest;
import io.fairlead.protocol.model.Choice;
import io.fairlead.protocol.model.Finish;
import io.fairlead.protocol.model.StreamEvent;
import io.fairlead.protocol.model.StreamEvent.Growth;
import io.fairlead.protocol.model.Text;
import io.fairlead.protocol.model.TokenUsage;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

class CompletionsClientTest {
    private static final CompletionsClient CLIENT = CompletionsClient.INSTANCE;

    private static ChatRequest read(String json) {
        return CLIENT.readRequest(WireRequest.of(Json.parse(json)));
    }

    @Test
    void readsEveryRecordedRequestOrSaysWhyNot() {
        List<String> refused = new ArrayList<>();
        List<Exchange> all =
                Recordings.of(
                        "openai/completions",
                        "azure/completions",
                        "together/completions",
                        "writer/completions");
        for (Exchange exchange : all) {
            try {
                CLIENT.readRequest(WireRequest.of(exchange.request().orElseThrow()));
            } catch (Unreadable refusal) {
                refused.add(refusal.getMessage());
            }
        }
        assertThat(all).hasSize(9);
        assertThat(refused).hasSize(2);
        assertThat(refused).anyMatch(message -> message.startsWith("suffix: "));
        assertThat(refused).anyMatch(message -> message.startsWith("prompt: "));
    }

    @Test
    void takesThePromptAsWhatTheUserSays() {
        ChatRequest request =
                read("{\"model\":\"m\",\"prompt\":[\"Hi\"],\"max_tokens\":5,\"stop\":\".\"}");
        assertThat(request.turns().getFirst().parts()).containsExactly(Text.of("Hi"));
        assertThat(request.output().maxTokens()).contains(5L);
        assertThat(request.sampling().stop()).containsExactly(".");
    }

    @Test
    void refusesWhatAConversationCannotGive() {
        assertThatThrownBy(() -> read("{\"model\":\"m\",\"prompt\":\"a\",\"echo\":true}"))
                .isInstanceOf(Unreadable.class)
                .hasMessageStartingWith("echo: ");
        assertThatThrownBy(() -> read("{\"model\":\"m\",\"prompt\":\"a\",\"best_of\":3}"))
                .hasMessageStartingWith("best_of: ");
        assertThatThrownBy(() -> read("{\"model\":\"m\",\"prompt\":[\"a\",\"b\"]}"))
                .hasMessageStartingWith("prompt: ");
        assertThatThrownBy(() -> read("{\"model\":\"m\"}")).hasMessageStartingWith("prompt: ");
    }

    @Test
    void writesAnswersOfChatModels() {
        AnswerContext context =
                new AnswerContext(read("{\"model\":\"m\",\"prompt\":\"a\"}"), "abc", "m", 17);
        Choice choice = Choice.of(Finish.of(Finish.Reason.STOP, "end_turn"), Text.of("b"));
        ChatAnswer answer = ChatAnswer.of("", "", TokenUsage.of(Usage.of(1, 2)), choice);
        Json body = Json.parse(CLIENT.writeAnswer(answer, context));
        assertThat(Schemas.problems("CreateCompletionResponse", body)).isEmpty();
        assertThat(body.get("id")).contains(Json.of("cmpl-abc"));
        List<Json> frames = new ArrayList<>();
        CLIENT
                .streamWriter(context)
                .write(
                        Batch.of(
                                new StreamEvent.Started("", "", Optional.empty(), Beside.NONE),
                                new StreamEvent.PartStarted(0, 0, Text.of(""), Beside.NONE),
                                new StreamEvent.PartGrew(
                                        0, 0, new Growth.MoreText("b"), Beside.NONE),
                                new StreamEvent.PartEnded(0, 0, Beside.NONE),
                                new StreamEvent.ChoiceEnded(
                                        0, Finish.of(Finish.Reason.LENGTH, ""), Beside.NONE),
                                new StreamEvent.Ended(Beside.NONE)))
                .stream()
                .filter(frame -> !frame.isDone())
                .forEach(frame -> frames.add(Json.parse(frame.data())));
        assertThat(frames).hasSize(2);
        for (Json frame : frames) {
            assertThat(Schemas.problems("CreateCompletionResponse", frame)).isEmpty();
        }
    }
}
