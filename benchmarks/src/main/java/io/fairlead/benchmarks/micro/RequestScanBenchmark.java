package io.fairlead.benchmarks.micro;

import io.fairlead.kernel.Endpoint;
import io.fairlead.protocol.openai.RequestBody;
import io.fairlead.protocol.openai.RequestEdit;
import io.fairlead.protocol.openai.RequestFacts;
import io.fairlead.protocol.openai.RewrittenBody;

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

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What a request body costs: finding its facts, and putting the model of a deployment in. One state
 * a thread.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class RequestScanBenchmark {

    private static final String SENTENCE =
            "The pilot boat \\\"Anna\\\" left at dawn; caf\u00e9s were shut.\\nNobody spoke. ";
    private static final Optional<String> JSON = Optional.of("application/json");
    private static final RequestEdit EDIT = RequestEdit.model("gpt-4o-2024-08-06");

    /** Length of the prompt. */
    @Param({"1000", "80000"})
    public int promptBytes = 1_000;

    private byte[] body = {};

    @Setup
    public void makeBody() {
        String prompt = SENTENCE.repeat(promptBytes / SENTENCE.length());
        body =
                """
                {"messages":[{"role":"system","content":"You are terse."},{"role":"user","content":"%s"}],\
                "model":"openai/gpt-4o","stream":true,"temperature":0.2}\
                """
                        .formatted(prompt)
                        .getBytes(StandardCharsets.UTF_8);
    }

    @Benchmark
    public RequestFacts scan() {
        return RequestBody.scan(Endpoint.CHAT_COMPLETIONS, JSON, body).facts();
    }

    @Benchmark
    public RewrittenBody scanAndSpliceModel() {
        return RequestBody.scan(Endpoint.CHAT_COMPLETIONS, JSON, body).rewrite(EDIT);
    }
}
