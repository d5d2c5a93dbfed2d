package io.fairlead.protocol.error;

import static io.fairlead.protocol.json.JsonText.quote;

import io.fairlead.kernel.Endpoint;
import io.fairlead.kernel.ErrorCode;
import io.fairlead.kernel.GatewayError;

import java.nio.charset.StandardCharsets;

/** Writes errors as the client's protocol has them. Stateless: any thread. */
public final class ErrorShapes {
    private ErrorShapes() {}

    /** Whose error shape a client understands. */
    public enum Shape {
        OPENAI,
        ANTHROPIC,
        GEMINI;

        /** What clients of an operation understand. */
        public static Shape of(Endpoint endpoint) {
            return switch (endpoint) {
                case MESSAGES, COUNT_TOKENS, ANTHROPIC_FILES, MESSAGE_BATCHES -> ANTHROPIC;
                case GENERATE_CONTENT, COUNT_CONTENT, EMBED_CONTENT, BATCH_EMBED_CONTENTS -> GEMINI;
                default -> OPENAI;
            };
        }
    }

    /** The JSON body of an error answer. */
    public static byte[] body(Shape shape, GatewayError error, String requestId) {
        StringBuilder out = new StringBuilder(256);
        switch (shape) {
            case OPENAI -> {
                out.append("{\"error\":");
                openAi(error, out);
                out.append('}');
            }
            case ANTHROPIC -> anthropic(error, requestId, out);
            case GEMINI -> gemini(error, out);
        }
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * The event that ends a stream with an error after the commit point; no {@code [DONE]} follows.
     * It names the request, because whoever logs it has the headers no more.
     *
     * @param sequenceNumber the number for a Responses event: one more than the last one seen
     */
    public static byte[] streamEvent(
            Endpoint endpoint, GatewayError error, String requestId, long sequenceNumber) {
        StringBuilder out = new StringBuilder(256);
        switch (endpoint) {
            case RESPONSES -> {
                // The members stand where OpenAI's document has them and where its servers and
                // clients have them too: at the top and under "error".
                out.append("event: error\ndata: {\"type\":\"error\",\"sequence_number\":")
                        .append(sequenceNumber)
                        .append(",\"code\":");
                quote(error.code().wireName(), out);
                out.append(",\"message\":");
                quote(error.message(), out);
                out.append(",\"param\":");
                param(error, out);
                out.append(",\"error\":");
                openAi(error, out);
                out.append(",\"request_id\":");
                quote(requestId, out);
                out.append("}\n\n");
            }
            case CHAT_COMPLETIONS,
                    COMPLETIONS,
                    EMBEDDINGS,
                    IMAGE_GENERATIONS,
                    IMAGE_EDITS,
                    IMAGE_VARIATIONS,
                    SPEECH,
                    TRANSCRIPTIONS,
                    TRANSLATIONS,
                    MODERATIONS,
                    RERANK,
                    INPUT_TOKENS,
                    FILES,
                    UPLOADS,
                    BATCHES,
                    REALTIME,
                    PASSTHROUGH -> {
                out.append("data: {\"error\":");
                openAi(error, out);
                out.append(",\"request_id\":");
                quote(requestId, out);
                out.append("}\n\n");
            }
            case MESSAGES, COUNT_TOKENS, ANTHROPIC_FILES, MESSAGE_BATCHES -> {
                out.append("event: error\ndata: ");
                anthropic(error, requestId, out);
                out.append("\n\n");
            }
            case GENERATE_CONTENT, COUNT_CONTENT, EMBED_CONTENT, BATCH_EMBED_CONTENTS -> {
                out.append("data: ");
                gemini(error, out);
                out.append("\n\n");
            }
        }
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void openAi(GatewayError error, StringBuilder out) {
        out.append("{\"message\":");
        quote(error.message(), out);
        out.append(",\"type\":");
        quote(openAiType(error.code()), out);
        out.append(",\"param\":");
        param(error, out);
        out.append(",\"code\":");
        quote(error.code().wireName(), out);
        out.append('}');
    }

    private static void param(GatewayError error, StringBuilder out) {
        if (error.param().isPresent()) {
            quote(error.param().get(), out);
        } else {
            out.append("null");
        }
    }

    private static String openAiType(ErrorCode code) {
        return switch (code) {
            case INVALID_REQUEST,
                    UNSUPPORTED_PARAMETER,
                    PREVIOUS_RESPONSE_NOT_FOUND,
                    MODEL_NOT_FOUND,
                    NOT_FOUND,
                    METHOD_NOT_ALLOWED,
                    REQUEST_TIMEOUT,
                    REQUEST_TOO_LARGE,
                    UNSUPPORTED_MEDIA_TYPE,
                    GUARDRAIL_BLOCKED ->
                    "invalid_request_error";
            case UNAUTHENTICATED, KEY_EXPIRED, KEY_BLOCKED -> "authentication_error";
            case BUDGET_EXCEEDED -> "insufficient_quota";
            case MODEL_NOT_ALLOWED, FORBIDDEN -> "permission_error";
            case RATE_LIMITED -> "rate_limit_error";
            case INTERNAL,
                    UPSTREAM_ERROR,
                    NO_DEPLOYMENT_AVAILABLE,
                    OVERLOADED,
                    LEDGER_UNAVAILABLE,
                    UPSTREAM_TIMEOUT ->
                    "server_error";
        };
    }

    private static void anthropic(GatewayError error, String requestId, StringBuilder out) {
        out.append("{\"type\":\"error\",\"error\":{\"type\":");
        quote(anthropicType(error.status()), out);
        out.append(",\"message\":");
        quote(error.message(), out);
        out.append(",\"code\":");
        quote(error.code().wireName(), out);
        out.append("},\"request_id\":");
        quote(requestId, out);
        out.append('}');
    }

    private static String anthropicType(int status) {
        return switch (status) {
            case 401 -> "authentication_error";
            case 402 -> "billing_error";
            case 403 -> "permission_error";
            case 404 -> "not_found_error";
            case 413 -> "request_too_large";
            case 429 -> "rate_limit_error";
            case 503, 529 -> "overloaded_error";
            case 504 -> "timeout_error";
            default -> status < 500 ? "invalid_request_error" : "api_error";
        };
    }

    private static void gemini(GatewayError error, StringBuilder out) {
        out.append("{\"error\":{\"code\":").append(error.status()).append(",\"message\":");
        quote(error.message(), out);
        out.append(",\"status\":");
        quote(geminiStatus(error.status()), out);
        out.append(
                ",\"details\":[{\"@type\":\"type.googleapis.com/google.rpc.ErrorInfo\",\"reason\":");
        quote(error.code().wireName(), out);
        out.append(",\"domain\":\"fairlead\"}]}}");
    }

    private static String geminiStatus(int status) {
        return switch (status) {
            case 401 -> "UNAUTHENTICATED";
            case 402, 403 -> "PERMISSION_DENIED";
            case 404 -> "NOT_FOUND";
            case 429 -> "RESOURCE_EXHAUSTED";
            case 503, 529 -> "UNAVAILABLE";
            case 504 -> "DEADLINE_EXCEEDED";
            default -> status < 500 ? "INVALID_ARGUMENT" : "INTERNAL";
        };
    }
}
