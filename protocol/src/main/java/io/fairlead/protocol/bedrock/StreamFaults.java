package io.fairlead.protocol.bedrock;

import io.fairlead.kernel.GatewayError;
import io.fairlead.kernel.ProviderFault;
import io.fairlead.protocol.codec.Frame;
import io.fairlead.protocol.error.ErrorBody;
import io.fairlead.protocol.error.Redaction;
import io.fairlead.protocol.json.JsonObject;

import java.util.Locale;
import java.util.Optional;

/** Exceptions within a stream, read and written. Stateless: any thread. */
final class StreamFaults {
    private StreamFaults() {}

    static ProviderFault read(Frame frame) {
        String said = Redaction.clean(ErrorBody.read(frame.data()).message());
        String message = said.isEmpty() ? frame.name() : said;
        return switch (frame.name().toLowerCase(Locale.ROOT)) {
            case "throttlingexception", "servicequotaexceededexception" ->
                    new ProviderFault.Throttled(429, Optional.empty(), message);
            case "serviceunavailableexception", "modelnotreadyexception" ->
                    new ProviderFault.Overloaded(503, Optional.empty(), message);
            case "validationexception" -> new ProviderFault.Rejected(400, message);
            case "resourcenotfoundexception" -> new ProviderFault.NotThere(404, message);
            case "accessdeniedexception", "expiredtokenexception", "unrecognizedclientexception" ->
                    new ProviderFault.CredentialRefused(403, message);
            case "modeltimeoutexception" -> new ProviderFault.ServerError(408, message);
            case "modelstreamerrorexception", "modelerrorexception" ->
                    new ProviderFault.ServerError(502, message);
            case "internalserverexception" -> new ProviderFault.ServerError(500, message);
            default -> new ProviderFault.InStreamError(500, Optional.of(frame.name()), message);
        };
    }

    static String name(ProviderFault fault) {
        return switch (fault) {
            case ProviderFault.Throttled ignored -> "throttlingException";
            case ProviderFault.Overloaded ignored -> "serviceUnavailableException";
            case ProviderFault.Unreachable ignored -> "serviceUnavailableException";
            case ProviderFault.TimedOut ignored -> "modelTimeoutException";
            case ProviderFault.Rejected ignored -> "validationException";
            case ProviderFault.NotThere ignored -> "validationException";
            case ProviderFault.Unsuitable ignored -> "validationException";
            case ProviderFault.InStreamError error -> name(error.status());
            case ProviderFault.Broken ignored -> "modelStreamErrorException";
            case ProviderFault.CredentialRefused ignored -> "internalServerException";
            case ProviderFault.ServerError error -> name(error.status());
            case ProviderFault.Malformed ignored -> "modelStreamErrorException";
            case ProviderFault.TooLarge ignored -> "modelStreamErrorException";
            case ProviderFault.Empty ignored -> "modelStreamErrorException";
        };
    }

    private static String name(int status) {
        return switch (status) {
            case 429 -> "throttlingException";
            case 503, 529 -> "serviceUnavailableException";
            case 408, 504 -> "modelTimeoutException";
            case 424, 502 -> "modelStreamErrorException";
            default -> status < 500 ? "validationException" : "internalServerException";
        };
    }

    static Frame frame(GatewayError error) {
        return new Frame(name(error.status()), body(error.message()).toBytes());
    }

    static JsonObject body(String message) {
        return new JsonObject().put("message", message);
    }
}
