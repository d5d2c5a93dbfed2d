package io.fairlead.gateway.access;

import io.fairlead.gateway.config.LoopbackHost;
import io.fairlead.kernel.ErrorCode;
import io.fairlead.kernel.GatewayError;

import org.jspecify.annotations.Nullable;

import java.util.Locale;
import java.util.Optional;

/**
 * Keeps web pages away from a gateway that serves without keys on loopback. A page in a browser on
 * the same machine could otherwise spend the operator's money: by a name of its own that resolves
 * to 127.0.0.1 (so the host must be a loopback name), or by a form or a simple cross-origin request
 * (so a foreign origin and the content types of forms are refused, uploads among them: they need a
 * key). Stateless.
 */
public final class LoopbackGuard {
    private LoopbackGuard() {}

    /**
     * Why the request is refused, or empty if it is fine.
     *
     * @param method HTTP method in capitals
     * @param authority the {@code Host} header or {@code :authority}, with or without port
     * @param origin the {@code Origin} header
     * @param contentType the {@code Content-Type} header
     */
    public static Optional<GatewayError> check(
            String method,
            @Nullable String authority,
            @Nullable String origin,
            @Nullable String contentType) {
        if (authority == null || !LoopbackHost.isLoopback(hostOf(authority))) {
            return refuse(
                    ErrorCode.FORBIDDEN,
                    "Without a key this gateway answers only to localhost and 127.0.0.1. Declare a"
                            + " key under \"keys\" to call it by another name.");
        }
        if (origin != null && !isLoopbackOrigin(origin)) {
            return refuse(
                    ErrorCode.FORBIDDEN,
                    "Without a key this gateway takes no requests from web pages of other hosts."
                            + " Declare a key under \"keys\" for that.");
        }
        if (method.equals("POST") && contentType != null && isFormType(contentType)) {
            return refuse(
                    ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                    "Without a key this gateway takes no content type that a web form can send."
                            + " Send \"content-type: application/json\"; for uploads declare a key"
                            + " under \"keys\".");
        }
        return Optional.empty();
    }

    private static Optional<GatewayError> refuse(ErrorCode code, String message) {
        return Optional.of(GatewayError.of(code, message));
    }

    private static boolean isFormType(String contentType) {
        int end = contentType.indexOf(';');
        String type =
                (end < 0 ? contentType : contentType.substring(0, end))
                        .strip()
                        .toLowerCase(Locale.ROOT);
        return type.equals("application/x-www-form-urlencoded")
                || type.equals("multipart/form-data")
                || type.equals("text/plain");
    }

    private static boolean isLoopbackOrigin(String origin) {
        int start = origin.indexOf("://");
        return start >= 0 && LoopbackHost.isLoopback(hostOf(origin.substring(start + 3)));
    }

    private static String hostOf(String authority) {
        int close = authority.indexOf(']');
        if (authority.startsWith("[") && close > 0) {
            String rest = authority.substring(close + 1);
            return rest.isEmpty() || isPort(rest) ? authority.substring(0, close + 1) : "";
        }
        int colon = authority.indexOf(':');
        if (colon < 0) {
            return authority;
        }
        return isPort(authority.substring(colon)) ? authority.substring(0, colon) : "";
    }

    private static boolean isPort(String text) {
        if (text.charAt(0) != ':') {
            return false;
        }
        for (int i = 1; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }
}
