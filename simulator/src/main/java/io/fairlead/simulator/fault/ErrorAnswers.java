package io.fairlead.simulator.fault;

import io.fairlead.simulator.SimAnswer;

import java.nio.charset.StandardCharsets;

/** The error answers of an OpenAI-like provider. Stateless. */
public final class ErrorAnswers {
    private ErrorAnswers() {}

    /** An error answer as OpenAI would spell it for that status. */
    public static SimAnswer.Reply of(int status) {
        return switch (status) {
            case 400 -> of(status, "invalid_request_error", "null", "The request is not valid.");
            case 401 ->
                    of(
                            status,
                            "invalid_request_error",
                            "\"invalid_api_key\"",
                            "Incorrect API key provided.");
            case 402 ->
                    of(
                            status,
                            "insufficient_balance",
                            "\"insufficient_balance\"",
                            "The balance is used up.");
            case 403 ->
                    of(
                            status,
                            "invalid_request_error",
                            "\"unsupported_country_region_territory\"",
                            "Access is not allowed.");
            case 404 ->
                    of(
                            status,
                            "invalid_request_error",
                            "\"model_not_found\"",
                            "The model does not exist.");
            case 413 -> of(status, "invalid_request_error", "null", "The request is too large.");
            case 429 ->
                    of(
                            status,
                            "requests",
                            "\"rate_limit_exceeded\"",
                            "Rate limit reached for requests.");
            case 529 -> of(status, "overloaded_error", "null", "Overloaded.");
            default ->
                    of(
                            status,
                            status < 500 ? "invalid_request_error" : "server_error",
                            "null",
                            "The provider failed with status " + status + ".");
        };
    }

    /** An error answer; {@code code} is JSON. */
    public static SimAnswer.Reply of(int status, String type, String code, String message) {
        return SimAnswer.json(status, "{\"error\":" + error(type, code, message) + "}");
    }

    static String error(String type, String code, String message) {
        return "{\"message\":\""
                + message
                + "\",\"type\":\""
                + type
                + "\",\"param\":null,\"code\":"
                + code
                + "}";
    }

    /** An error page such as a proxy in front of a provider sends. */
    static SimAnswer.Reply html(int status) {
        String page =
                "<html>\r\n<head><title>"
                        + status
                        + " Error</title></head>\r\n<body>\r\n<center><h1>"
                        + status
                        + " Error</h1></center>\r\n</body>\r\n</html>\r\n";
        return SimAnswer.bytes(status, "text/html", page.getBytes(StandardCharsets.UTF_8));
    }
}
