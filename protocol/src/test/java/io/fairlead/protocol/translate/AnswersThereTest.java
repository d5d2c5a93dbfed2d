package io.fairlead.protocol.translate;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.protocol.Recordings.Exchange;
import io.fairlead.protocol.adapt.AnswerGather;
import io.fairlead.protocol.adapt.StreamGrammar;
import io.fairlead.protocol.codec.AnswerContext;
import io.fairlead.protocol.codec.ChatProtocol;
import io.fairlead.protocol.codec.Frame;
import io.fairlead.protocol.codec.StreamReader;
import io.fairlead.protocol.codec.StreamWriter;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.model.Batch;
import io.fairlead.protocol.model.ChatAnswer;
import io.fairlead.protocol.model.ChatRequest;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Every recorded answer, whole and streamed, told to clients of every protocol and read again:
 * nothing is lost but what {@link AnswerLosses} names.
 */
final class AnswersThereTest {
    private static final long LARGEST = 1 << 26;

    @TestFactory
    Stream<DynamicTest> answersSayTheSameInEveryProtocol() {
        return pairs((provider, client) -> whole(provider, client), " answers ");
    }

    @TestFactory
    Stream<DynamicTest> streamsSayTheSameInEveryProtocol() {
        return pairs((provider, client) -> streamed(provider, client), " streams ");
    }

    private interface Pair {
        void check(ChatProtocol provider, ChatProtocol client);
    }

    private static Stream<DynamicTest> pairs(Pair pair, String verb) {
        return Protocols.all().stream()
                .flatMap(provider ->
                        Protocols.all().stream()
                                // What both speak passes as it is; each protocol tests that.
                                .filter(client -> !client.equals(provider))
                                .map(client ->
                                        DynamicTest.dynamicTest(
                                                provider.protocol().wireName()
                                                        + verb
                                                        + client.protocol().wireName(),
                                                () -> pair.check(provider, client))));
    }

    private static void whole(ChatProtocol provider, ChatProtocol client) {
        List<String> wrong = new ArrayList<>();
        int looked = 0;
        for (Exchange exchange : Conversations.of(provider)) {
            if (exchange.failed() || exchange.answer().isEmpty()) {
                continue;
            }
            looked++;
            ChatAnswer read = provider.readAnswer(exchange.answer().get());
            ChatAnswer answer = new FinishRepair().apply(read).withId("");
            byte[] written = client.writeAnswer(answer, context());
            ChatAnswer again = client.readAnswer(Json.parse(written));
            compare(exchange.id(), client, answer, again, wrong);
        }
        assertThat(wrong).isEmpty();
        assertThat(looked).isEqualTo(RecordedCounts.answers(provider.protocol()));
    }

    private static void streamed(ChatProtocol provider, ChatProtocol client) {
        List<String> wrong = new ArrayList<>();
        int looked = 0;
        for (Exchange exchange : Conversations.of(provider)) {
            for (List<Frame> frames : Conversations.streams(exchange)) {
                looked++;
                stream(exchange.id(), provider, client, frames, wrong);
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(looked).isEqualTo(RecordedCounts.streams(provider.protocol()));
    }

    private static void stream(
            String id,
            ChatProtocol provider,
            ChatProtocol client,
            List<Frame> frames,
            List<String> wrong) {
        StreamReader reader = provider.streamReader();
        FinishRepair finish = new FinishRepair();
        StreamWriter writer = client.streamWriter(context());
        StreamReader clients = client.streamReader();
        AnswerGather there = new AnswerGather(LARGEST);
        AnswerGather back = new AnswerGather(LARGEST);
        StreamGrammar grammar = new StreamGrammar(id);
        List<Batch> batches = new ArrayList<>();
        frames.forEach(frame -> batches.add(reader.read(frame)));
        batches.add(reader.end());
        for (Batch batch : batches) {
            Batch told = finish.apply(batch);
            there.add(told);
            for (Frame written : writer.write(told)) {
                Batch read = clients.read(written);
                grammar.next(read);
                back.add(read);
            }
        }
        Batch end = clients.end();
        grammar.next(end);
        back.add(end);
        if (there.failure().isPresent()) {
            // The gateway has the writer tell of it: `fail`.
            return;
        }
        if (there.complete()) {
            grammar.end();
        }
        if (there.complete() != back.complete()) {
            wrong.add(id + ": complete is " + there.complete() + ", was told otherwise");
        }
        compare(id, client, there.answer(), back.answer(), wrong);
    }

    private static AnswerContext context() {
        ChatRequest asked = ChatRequest.of("m");
        return new AnswerContext(
                asked.withDelivery(asked.delivery().withUsageInStream(Optional.of(true))),
                "0123456789abcdef",
                "m",
                1_700_000_000);
    }

    private static void compare(
            String id,
            ChatProtocol client,
            ChatAnswer answer,
            ChatAnswer again,
            List<String> wrong) {
        Map<String, List<Object>> said =
                AnswerAspects.of(AnswerLosses.told(client.protocol(), answer));
        Map<String, List<Object>> told = AnswerAspects.of(again);
        Set<String> names = new TreeSet<>(said.keySet());
        names.addAll(told.keySet());
        for (String name : names) {
            List<Object> before = said.getOrDefault(name, List.of());
            List<Object> after = told.getOrDefault(name, List.of());
            if (!before.equals(after)
                    && !AnswerLosses.explains(client.protocol(), name, before, after)) {
                wrong.add("%s: %s: said %s, told %s".formatted(id, name, cut(before), cut(after)));
            }
        }
    }

    private static String cut(Object what) {
        String text = what.toString();
        return text.length() <= 300 ? text : text.substring(0, 300) + "...";
    }
}
