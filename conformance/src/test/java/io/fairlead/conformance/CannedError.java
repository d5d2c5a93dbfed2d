package io.fairlead.conformance;

import io.fairlead.kernel.Protocol;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.simulator.SimAnswer;

/** Errors as providers of each protocol send them. Stateless: any thread. */
final class CannedError {
    private CannedError() {}

    static SimAnswer of(Protocol protocol, int status, String message) {
        String body =
                switch (protocol) {
                    case ANTHROPIC_MESSAGES, VERTEX_ANTHROPIC ->
                            anthropic(status, message).toString();
                    case GEMINI, VERTEX_GEMINI -> gemini(status, message).toString();
                    case BEDROCK_CONVERSE, COHERE_V2 ->
                            new JsonObject().put("message", message).toString();
                    case OLLAMA -> new JsonObject().put("error", message).toString();
                    case MISTRAL_CHAT ->
                            new JsonObject()
                                    .put("object", "error")
                                    .put("message", message)
                                    .put("type", type(status))
                                    .putNull("param")
                                    .put("code", "1000")
                                    .toString();
                    case OPENAI_CHAT, OPENAI_RESPONSES, AZURE_OPENAI, SIM ->
                            openAi(status, message).toString();
                };
        SimAnswer.Reply reply = SimAnswer.json(status, body);
        return protocol == Protocol.BEDROCK_CONVERSE
                ? reply.withHeader(
                        "x-amzn-ErrorType", amazon(status) + ":http://internal.amazon.com/coral/")
                : reply;
    }

    private static JsonObject openAi(int status, String message) {
        JsonObject body = new JsonObject();
        body.object("error")
                .put("message", message)
                .put("type", type(status))
                .putNull("param")
                .putNull("code");
        return body;
    }

    private static JsonObject anthropic(int status, String message) {
        JsonObject body = new JsonObject().put("type", "error");
        body.object("error").put("type", type(status)).put("message", message);
        return body.put("request_id", "req_0123456789");
    }

    private static JsonObject gemini(int status, String message) {
        JsonObject body = new JsonObject();
        body.object("error")
                .put("code", status)
                .put("message", message)
                .put(
                        "status",
                        switch (status) {
                            case 400 -> "INVALID_ARGUMENT";
                            case 429 -> "RESOURCE_EXHAUSTED";
                            default -> "INTERNAL";
                        });
        return body;
    }

    private static String amazon(int status) {
        return switch (status) {
            case 400 -> "ValidationException";
            case 429 -> "ThrottlingException";
            default -> "InternalServerException";
        };
    }

    private static String type(int status) {
        return switch (status) {
            case 400 -> "invalid_request_error";
            case 429 -> "rate_limit_error";
            default -> "api_error";
        };
    }
}
