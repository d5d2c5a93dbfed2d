package io.fairlead.gateway.pipeline;

import io.fairlead.gateway.catalogue.Deployment;
import io.fairlead.kernel.ErrorCode;
import io.fairlead.kernel.GatewayError;
import io.fairlead.kernel.ProviderFault;
import io.fairlead.protocol.error.ErrorShapes;
import io.fairlead.protocol.error.ErrorShapes.Shape;
import io.fairlead.protocol.openai.ErrorConformer;

/** Errors of providers that reach the client as what they are. Stateless. */
final class PassedOn {
    private PassedOn() {}

    /** What the record, and a client of another shape, are told of it. */
    static GatewayError error(ProviderFault fault) {
        return switch (fault) {
            case ProviderFault.TimedOut _ ->
                    GatewayError.of(ErrorCode.UPSTREAM_TIMEOUT, fault.message());
            case ProviderFault.Rejected rejected ->
                    GatewayError.of(codeOf(rejected.status()), fault.message())
                            .withStatus(rejected.status());
            case ProviderFault.NotThere notThere ->
                    GatewayError.of(ErrorCode.NOT_FOUND, fault.message())
                            .withStatus(notThere.status());
            case ProviderFault.Unsuitable unsuitable ->
                    GatewayError.of(ErrorCode.UNSUPPORTED_PARAMETER, fault.message())
                            .withParam(unsuitable.parameter());
            case ProviderFault.Throttled _ ->
                    GatewayError.of(ErrorCode.RATE_LIMITED, fault.message());
            case ProviderFault.Unreachable _,
                    ProviderFault.Broken _,
                    ProviderFault.CredentialRefused _,
                    ProviderFault.Overloaded _,
                    ProviderFault.ServerError _,
                    ProviderFault.Malformed _,
                    ProviderFault.TooLarge _,
                    ProviderFault.Empty _,
                    ProviderFault.InStreamError _ ->
                    GatewayError.of(ErrorCode.UPSTREAM_ERROR, fault.message());
        };
    }

    private static ErrorCode codeOf(int status) {
        return switch (status) {
            case 404 -> ErrorCode.NOT_FOUND;
            case 413 -> ErrorCode.REQUEST_TOO_LARGE;
            case 415 -> ErrorCode.UNSUPPORTED_MEDIA_TYPE;
            default -> ErrorCode.INVALID_REQUEST;
        };
    }

    /**
     * The body for the client: the protocol owner's own bytes, an imitator's with what is missing
     * put right. Where that can't be, only the provider's message in the client's shape.
     *
     * @param translated the provider speaks another protocol than the client
     */
    static byte[] body(
            ErrorAnswer answer,
            Deployment deployment,
            boolean translated,
            Shape shape,
            GatewayError error,
            String requestId) {
        if (translated || !answer.isJson()) {
            return ErrorShapes.body(shape, error, requestId);
        }
        byte[] body = answer.body();
        return shape != Shape.OPENAI || deployment.quirks().owner() || !deployment.conform()
                ? body
                : ErrorConformer.conform(body, answer.status());
    }
}
