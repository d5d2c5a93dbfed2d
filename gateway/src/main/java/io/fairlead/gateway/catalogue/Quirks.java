package io.fairlead.gateway.catalogue;

import java.util.Map;
import java.util.Set;

/**
 * How an OpenAI-like provider differs from OpenAI, as data: never a switch over providers.
 * Immutable.
 *
 * @param owner the provider owns the protocol: its bytes pass untouched
 * @param streamUsage whether {@code stream_options.include_usage} may be asked for
 * @param openRouter it speaks OpenAI's protocol as OpenRouter does: thoughts with their state in
 *     {@code reasoning_details}, cache marks, effort and budget in {@code reasoning}
 * @param keepsResponses whether it keeps the responses it makes, where it speaks the Responses API
 * @param rename request members that have another name there ({@code max_completion_tokens} to
 *     {@code max_tokens})
 * @param unsupported request members that it refuses and that are harmless to drop (named in {@code
 *     x-fairlead-dropped})
 * @param finishReasons finish reasons to put right, for example {@code eos} to {@code stop}
 * @param roles message roles that have another name there ({@code developer} to {@code system})
 */
public record Quirks(
        boolean owner,
        boolean streamUsage,
        boolean openRouter,
        boolean keepsResponses,
        Map<String, String> rename,
        Set<String> unsupported,
        Map<String, String> finishReasons,
        Map<String, String> roles) {
    public static final Quirks OWNER =
            new Quirks(true, true, false, true, Map.of(), Set.of(), Map.of(), Map.of());
    public static final Quirks NONE =
            new Quirks(false, true, false, true, Map.of(), Set.of(), Map.of(), Map.of());

    public Quirks {
        rename = Map.copyOf(rename);
        unsupported = Set.copyOf(unsupported);
        finishReasons = Map.copyOf(finishReasons);
        roles = Map.copyOf(roles);
    }

    /** Whether members of requests have other names there, or are left out. */
    public boolean changesRequests() {
        return !rename.isEmpty() || !unsupported.isEmpty();
    }
}
