package io.fairlead.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.fairlead.conformance.JavaClient.Options;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** The cases of {@link JavaCases} that end badly. Stateless: any thread. */
final class JavaFailures {
    private JavaFailures() {}

    static <M> void error400(JavaClient<M> client, String model, Options options) {
        fails(client, model, options, 400, 400);
    }

    static <M> void error429(JavaClient<M> client, String model, Options options) {
        fails(client, model, options, 429, 429);
    }

    static <M> void error500(JavaClient<M> client, String model, Options options) {
        fails(client, model, options, 500, 502);
    }

    private static <M> void fails(
            JavaClient<M> client, String model, Options options, int status, int told) {
        Throwable error =
                catchThrowable(
                        () -> JavaCases.ask(client, model, options, "please fail with " + status));
        assertThat(error).isNotNull();
        assertThat(client.isError(error, told)).as(error.toString()).isTrue();
        assertThat(error.toString()).contains("as you wish: " + status);
    }

    static <M> void brokenStream(JavaClient<M> client, String model, Options options) {
        AtomicInteger pieces = new AtomicInteger();
        Throwable error =
                catchThrowable(() ->
                        JavaCases.ask(
                                client,
                                model,
                                options.onPiece(pieces::incrementAndGet),
                                "break off please"));
        assertThat(error).isNotNull();
        assertThat(error.getClass().getPackageName())
                .as(error.toString())
                .doesNotStartWith("java.lang");
        assertThat(pieces).hasPositiveValue();
    }

    /** A stream is left at its first piece; a whole answer is not waited for. */
    static <M> void abort(JavaClient<M> client, String model, Options options) {
        Options hasty =
                options.stream()
                        ? options.onPiece(() -> {
                            throw new Left();
                        })
                        : options.within(Duration.ofMillis(200));
        long began = System.nanoTime();
        Throwable error =
                catchThrowable(() -> JavaCases.ask(client, model, hasty, "tell it slowly"));
        assertThat(error).isNotNull().isNotInstanceOf(AssertionError.class);
        assertThat(error instanceof Left).isEqualTo(options.stream());
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
    }

    /** Has had enough of a stream. */
    private static final class Left extends RuntimeException {
        private static final long serialVersionUID = 1;
    }
}
