package io.fairlead.simulator.replay;

import io.fairlead.simulator.Header;
import io.fairlead.simulator.SimAnswer;
import io.fairlead.simulator.SimBody;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One recorded exchange with a provider. {@code request} is the JSON body of the request, where it
 * was kept; {@code answer} is missing where it was no HTTP answer (websocket, gRPC). In the answer
 * of a stream each event, frame or line is a step of its own. Immutable.
 */
public record Recording(
        String id,
        String provider,
        String api,
        Optional<String> model,
        String method,
        String path,
        String query,
        List<Header> requestHeaders,
        Optional<String> request,
        Set<String> features,
        Form form,
        Optional<SimAnswer.Reply> answer) {

    /** What kind of answer was recorded. */
    public enum Form {
        /** One piece, usually JSON. */
        UNARY,
        /** Server-sent events. */
        SSE,
        /** Amazon's binary event stream. */
        AWS_EVENT_STREAM,
        /** JSON documents, one a line. */
        LINES,
        /** No HTTP answer. */
        OTHER
    }

    public Recording {
        requestHeaders = List.copyOf(requestHeaders);
        features = Set.copyOf(features);
    }

    /** Reads a file of the corpus form. */
    public static Recording read(Path file) {
        try {
            return new RecordingReader(Files.readAllBytes(file)).read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                    file + ": no recorded exchange: " + e.getMessage(), e);
        }
    }

    /** The answer; throws where {@link #answer} is empty. */
    public SimAnswer.Reply reply() {
        return answer.orElseThrow(
                () -> new IllegalStateException(id + ": not an HTTP answer, cannot be replayed"));
    }

    /** The exact bytes of the answer's body. */
    public byte[] bodyBytes() {
        return reply().body().allBytes();
    }

    /** Whether the provider answered with an error status. */
    public boolean isError() {
        return answer.isPresent() && answer.get().status() >= 400;
    }

    static SimAnswer.Reply replyOf(int status, List<Header> headers, SimBody body) {
        return new SimAnswer.Reply(Duration.ZERO, status, headers, body);
    }
}
