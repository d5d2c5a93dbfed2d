package io.fairlead.gateway.access;

import io.fairlead.gateway.config.GatewayConfig;
import io.fairlead.kernel.ErrorCode;
import io.fairlead.kernel.GatewayException;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Who calls: turns the key of a request into a {@link Principal}. {@link #apply} swaps all keys at
 * once. Thread-safe.
 */
public final class Access {
    /**
     * Where a key may stand, first those meant for a gateway: a client may send a credential of
     * another kind as {@code Authorization} beside them.
     */
    private static final List<String> HEADERS =
            List.of(
                    "x-litellm-api-key",
                    "x-portkey-api-key",
                    "authorization",
                    "x-api-key",
                    "x-goog-api-key",
                    "api-key");

    private static final String BEARER = "bearer ";

    /** No key is longer; what is longer is not hashed. */
    private static final int MAX_KEY_LENGTH = 1024;

    private final InstantSource clock;
    private volatile VirtualKeys keys;

    public Access(GatewayConfig config, InstantSource clock) {
        this.clock = clock;
        this.keys = VirtualKeys.of(config);
    }

    /** From now on the keys of {@code config} count. */
    public void apply(GatewayConfig config) {
        keys = VirtualKeys.of(config);
    }

    /** Whether a request needs no key; then {@link LoopbackGuard} must be asked. */
    public boolean open() {
        return !keys.required();
    }

    /** Everybody who has a key, the admin included; without secrets. */
    public List<Principal> principals() {
        return keys.principals();
    }

    /**
     * Who this request acts for. When several keys stand in it, the first that is known counts.
     *
     * @param headers the request's headers
     * @param queryKey the decoded {@code key} parameter of the query, if there is one
     * @throws GatewayException UNAUTHENTICATED, KEY_EXPIRED or KEY_BLOCKED
     */
    public Principal authenticate(HeaderLookup headers, @Nullable String queryKey) {
        VirtualKeys now = keys;
        if (now.byHash().isEmpty() && !now.required()) {
            return Principal.ANONYMOUS;
        }
        boolean presented = false;
        for (String header : HEADERS) {
            String value = headers.get(header);
            if (value != null) {
                Optional<VirtualKey> key = find(now, withoutScheme(value));
                if (key.isPresent()) {
                    return usable(key.get());
                }
                presented = true;
            }
        }
        if (queryKey != null) {
            Optional<VirtualKey> key = find(now, queryKey);
            if (key.isPresent()) {
                return usable(key.get());
            }
            presented = true;
        }
        if (!now.required()) {
            return Principal.ANONYMOUS;
        }
        throw new GatewayException(
                ErrorCode.UNAUTHENTICATED,
                presented
                        ? "The API key is not known to this gateway."
                        : "No API key was sent. Send it as \"Authorization: Bearer …\" or"
                                + " \"x-api-key: …\".");
    }

    /**
     * Whether {@code principal} may use the model called {@code name}: it may use all, or a name or
     * pattern of its list matches.
     */
    public static boolean allows(Principal principal, String name) {
        List<String> patterns = principal.models();
        if (patterns.isEmpty()) {
            return true;
        }
        for (int i = 0; i < patterns.size(); i++) {
            if (ModelPattern.matches(patterns.get(i), name)) {
                return true;
            }
        }
        return false;
    }

    private static Optional<VirtualKey> find(VirtualKeys keys, String presented) {
        return presented.isEmpty() || presented.length() > MAX_KEY_LENGTH
                ? Optional.empty()
                : keys.find(presented);
    }

    private Principal usable(VirtualKey key) {
        if (key.blocked()) {
            throw new GatewayException(ErrorCode.KEY_BLOCKED, "This API key is blocked.");
        }
        if (key.expires().isPresent()) {
            Instant end = key.expires().get();
            if (!clock.instant().isBefore(end)) {
                throw new GatewayException(
                        ErrorCode.KEY_EXPIRED, "This API key expired at " + end + ".");
            }
        }
        return key.principal();
    }

    private static String withoutScheme(String value) {
        String text = value.strip();
        return text.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? text.substring(BEARER.length()).strip()
                : text;
    }
}
