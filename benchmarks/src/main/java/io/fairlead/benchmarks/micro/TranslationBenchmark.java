package io.fairlead.benchmarks.micro;

import io.fairlead.kernel.Endpoint;
import io.fairlead.kernel.Protocol;
import io.fairlead.protocol.adapt.ModelFacts;
import io.fairlead.protocol.codec.AnswerContext;
import io.fairlead.protocol.codec.ChatProtocol;
import io.fairlead.protocol.codec.EventStream;
import io.fairlead.protocol.codec.WireRequest;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.model.ChatRequest;
import io.fairlead.protocol.openai.Answer;
import io.fairlead.protocol.openai.AnswerReader;
import io.fairlead.protocol.openai.AnswerStream;
import io.fairlead.protocol.openai.Conformance;
import io.fairlead.protocol.openai.RequestBody;
import io.fairlead.protocol.openai.RequestEdit;
import io.fairlead.protocol.openai.RewrittenBody;
import io.fairlead.protocol.translate.ChatTranslation;
import io.fairlead.protocol.translate.Protocols;
import io.fairlead.protocol.translate.Translation;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What it costs to tell a chat client's conversation to a provider of another protocol, without
 * I/O, beside what the same costs where bytes pass. One state a thread.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class TranslationBenchmark {
    private static final int EVENTS = 500;
    private static final int LARGEST_EVENT = 1 << 20;
    private static final Optional<String> JSON = Optional.of("application/json");

    /** Of the provider; {@code openai-chat} is what the client speaks too. */
    @Param({"openai-chat", "anthropic-messages", "gemini", "bedrock-converse", "openai-responses"})
    public String provider = "openai-chat";

    private final ChatProtocol client = protocol(Protocol.OPENAI_CHAT);
    private boolean same;
    private ChatProtocol told = client;
    private byte[] request = {};
    private byte[] small = {};
    private byte[] answer = {};
    private byte[] stream = {};
    private Translation translation = translate(TranslationSamples.smallRequest());

    private static ChatProtocol protocol(Protocol name) {
        return Protocols.of(name).orElseThrow();
    }

    @Setup
    public void makeSamples() {
        Protocol name = Protocol.parse(provider).orElseThrow();
        told = protocol(name);
        same = name == Protocol.OPENAI_CHAT;
        request = TranslationSamples.request();
        small = TranslationSamples.smallRequest();
        answer = TranslationSamples.answer(name, told);
        stream = TranslationSamples.stream(told, EVENTS);
        translation = translate(small);
    }

    private Translation translate(byte[] body) {
        Json scanned = RequestBody.scan(Endpoint.CHAT_COMPLETIONS, JSON, body).json().orElseThrow();
        ChatRequest read = client.readRequest(WireRequest.of(scanned));
        AnswerContext context = new AnswerContext(read, "0123456789abcdef", "m", 1_700_000_000);
        return new ChatTranslation(client, told, read, ModelFacts.unknown("some-model"), context);
    }

    /** 80 KB with 30 tools and an image. */
    @Benchmark
    public Object largeRequest() {
        return request(request);
    }

    /** 1 KB of text. */
    @Benchmark
    public Object smallRequest() {
        return request(small);
    }

    private Object request(byte[] body) {
        if (same) {
            RewrittenBody rewritten =
                    RequestBody.scan(Endpoint.CHAT_COMPLETIONS, JSON, body)
                            .rewrite(RequestEdit.model("some-model"));
            return rewritten;
        }
        return translate(body).request();
    }

    @Benchmark
    public Object unaryAnswer() {
        if (same) {
            Answer read =
                    AnswerReader.read(Endpoint.CHAT_COMPLETIONS, Conformance.OFF, JSON, answer);
            return read;
        }
        return translation.answer(JSON, answer);
    }

    /** 500 events, one piece of the body each. */
    @Benchmark
    public void stream500(Blackhole sink) {
        EventStream events =
                same
                        ? new AnswerStream(
                                Endpoint.CHAT_COMPLETIONS, Conformance.OFF, false, LARGEST_EVENT)
                        : translation.stream(LARGEST_EVENT);
        int piece = stream.length / EVENTS;
        for (int from = 0; from < stream.length; from += piece) {
            events.feed(stream, from, Math.min(from + piece, stream.length));
            while (events.next()) {
                sink.consume(events.signal());
                sink.consume(events.bytes());
            }
        }
    }
}
