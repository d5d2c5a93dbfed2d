package io.fairlead.benchmarks.micro;

import io.fairlead.kernel.Endpoint;
import io.fairlead.protocol.codec.StreamSignal;
import io.fairlead.protocol.openai.StreamWatch;
import io.fairlead.protocol.sse.SseScanner;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * What an event of a stream costs without I/O: finding its bounds and watching what it says. One
 * state a thread.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class StreamRelayBenchmark {

    private static final int EVENTS = 1_000;
    private static final int LARGEST_EVENT = 1 << 20;
    private static final String EVENT =
            """
            data: {"id":"chatcmpl-B9MBs8CjcvOU2jLn4n570S5qMJKcT","object":"chat.completion.chunk","created":1741569952,\
            "model":"gpt-4o-2024-08-06","system_fingerprint":"fp_fc9f1d7035",\
            "choices":[{"index":0,"delta":{"content":" harbour"},"finish_reason":null}]}

            """;

    /** How the bytes arrive: 0 is one event at a time, otherwise in pieces of this size. */
    @Param({"0", "8192"})
    public int pieceBytes = 0;

    private byte[] stream = {};
    private int piece = 1;

    @Setup
    public void makeStream() {
        stream = EVENT.repeat(EVENTS).getBytes(StandardCharsets.UTF_8);
        piece = pieceBytes == 0 ? EVENT.length() : pieceBytes;
    }

    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public StreamWatch relay(Blackhole sink) {
        SseScanner scanner = new SseScanner(LARGEST_EVENT);
        StreamWatch watch = new StreamWatch(Endpoint.CHAT_COMPLETIONS);
        for (int from = 0; from < stream.length; from += piece) {
            scanner.feed(stream, from, Math.min(from + piece, stream.length));
            while (scanner.next()) {
                StreamSignal signal = watch.accept(scanner);
                sink.consume(signal);
            }
        }
        return watch;
    }
}
