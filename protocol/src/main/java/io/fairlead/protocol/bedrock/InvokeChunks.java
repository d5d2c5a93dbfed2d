package io.fairlead.protocol.bedrock;

import io.fairlead.protocol.codec.AwsEventStreamFraming;
import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.codec.Frame;
import io.fairlead.protocol.codec.Framing;
import io.fairlead.protocol.codec.Unreadable;
import io.fairlead.protocol.error.ErrorBody;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonObject;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Streams of InvokeModelWithResponseStream for Claude: Anthropic's own events, each in base64 as
 * the {@code bytes} of a message {@code chunk} of an AWS event stream. The messages have the names
 * that Anthropic gives its events; an exception of Bedrock is an {@code error} as Anthropic says
 * it. What Bedrock adds to the last event ({@code amazon-bedrock-invocationMetrics}) stays in it.
 * Stateless: any thread.
 */
public final class InvokeChunks implements Framing {
    public static final InvokeChunks INSTANCE = new InvokeChunks();

    private static final String CHUNK = "chunk";
    private static final String ERROR = "error";
    private static final AwsEventStreamFraming OUTER = AwsEventStreamFraming.INSTANCE;

    private InvokeChunks() {}

    @Override
    public String contentType() {
        return OUTER.contentType();
    }

    /**
     * @param maxFrameBytes the largest message taken, as it stands in the stream
     */
    @Override
    public FrameScanner scanner(int maxFrameBytes) {
        return new Scanner(OUTER.scanner(maxFrameBytes));
    }

    @Override
    public byte[] encode(Frame frame) {
        if (frame.name().equals(ERROR)) {
            ErrorBody error = ErrorBody.read(frame.data());
            String name = exception(error.type().orElse(""));
            return OUTER.encode(new Frame(name, StreamFaults.body(error.message()).toBytes()));
        }
        String base64 = Base64.getEncoder().encodeToString(frame.data());
        return OUTER.encode(new Frame(CHUNK, new JsonObject().put("bytes", base64).toBytes()));
    }

    private static String exception(String type) {
        return switch (type) {
            case "rate_limit_error" -> "throttlingException";
            case "overloaded_error" -> "serviceUnavailableException";
            case "invalid_request_error", "not_found_error", "request_too_large" ->
                    "validationException";
            case "timeout_error" -> "modelTimeoutException";
            default -> "internalServerException";
        };
    }

    private static String errorType(String exception) {
        return switch (exception.toLowerCase(Locale.ROOT)) {
            case "throttlingexception", "servicequotaexceededexception" -> "rate_limit_error";
            case "serviceunavailableexception", "modelnotreadyexception" -> "overloaded_error";
            case "validationexception" -> "invalid_request_error";
            case "resourcenotfoundexception" -> "not_found_error";
            case "accessdeniedexception" -> "permission_error";
            case "modeltimeoutexception" -> "timeout_error";
            default -> "api_error";
        };
    }

    /** The message within one of the stream; empty: it is none of an answer. */
    private static Optional<Frame> inner(Frame outer) {
        if (AwsEventStreamFraming.isException(outer)) {
            JsonObject event = new JsonObject().put("type", ERROR);
            event.object(ERROR)
                    .put("type", errorType(outer.name()))
                    .put("message", ErrorBody.read(outer.data()).message());
            return Optional.of(new Frame(ERROR, event.toBytes()));
        }
        if (!outer.name().equals(CHUNK)) {
            return Optional.empty();
        }
        Optional<Json> bytes = Fields.parse(outer.data()).get("bytes").filter(Json::isString);
        byte[] data = decoded(bytes.map(Json::text).orElse(""));
        String name =
                Fields.parse(data).get("type").filter(Json::isString).map(Json::text).orElse("");
        return Optional.of(new Frame(name, data));
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException broken) {
            throw new Unreadable("bytes", "is no base64");
        }
    }

    /** Unwraps what the outer scanner finds. Confined to one thread. */
    private record Scanner(FrameScanner outer) implements FrameScanner {
        @Override
        public int held() {
            return outer.held();
        }

        @Override
        public List<Frame> feed(byte[] bytes, int from, int to) {
            return unwrapped(outer.feed(bytes, from, to));
        }

        @Override
        public List<Frame> end() {
            return unwrapped(outer.end());
        }

        private static List<Frame> unwrapped(List<Frame> found) {
            List<Frame> frames = new ArrayList<>(found.size());
            for (Frame frame : found) {
                inner(frame).ifPresent(frames::add);
            }
            return frames;
        }
    }
}
