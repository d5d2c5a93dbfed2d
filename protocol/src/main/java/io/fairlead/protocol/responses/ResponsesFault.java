package io.fairlead.protocol.responses;

import io.fairlead.kernel.ProviderFault;
import io.fairlead.protocol.json.Json;

import java.util.Optional;

/** Errors inside streams and failed responses. Stateless: any thread. */
final class ResponsesFault {
    private ResponsesFault() {}

    /** Of an {@code error} event, whose members may be nested, or of a failed response. */
    static ProviderFault of(Json message) {
        Json error = message.get("error").filter(Json::isObject).orElse(message);
        Optional<String> code =
                LiveResponse.string(error, "code")
                        .or(() ->
                                LiveResponse.string(error, "type")
                                        .filter(type -> !type.equals(EventType.ERROR)));
        String words =
                LiveResponse.string(error, "message")
                        .orElse("The provider reported an error without words.");
        return new ProviderFault.InStreamError(status(code.orElse("")), code, words);
    }

    private static int status(String code) {
        return switch (code) {
            case "rate_limit_exceeded", "rate_limit_error", "insufficient_quota", "429" -> 429;
            case "invalid_request_error",
                    "invalid_prompt",
                    "context_length_exceeded",
                    "invalid_image",
                    "invalid_image_format",
                    "invalid_base64_image",
                    "invalid_image_url",
                    "image_too_large",
                    "image_too_small",
                    "image_parse_error",
                    "image_content_policy_violation",
                    "400" ->
                    400;
            case "server_is_overloaded", "overloaded_error", "slow_down", "503" -> 503;
            case "invalid_api_key", "authentication_error", "401" -> 401;
            case "model_not_found", "not_found_error", "404" -> 404;
            default -> 500;
        };
    }
}
