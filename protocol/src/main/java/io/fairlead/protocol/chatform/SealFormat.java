package io.fairlead.protocol.chatform;

import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.model.Seal;

import java.util.Optional;

/**
 * Whose opaque state an entry of {@code reasoning_details} holds, by its {@code format}. Stateless.
 */
final class SealFormat {
    private static final String UNKNOWN = "unknown";

    private SealFormat() {}

    /** A format nobody knows is its own owner, so that it comes back as it was. */
    static String owner(Optional<Json> format) {
        String word = format.filter(Json::isString).map(Json::text).orElse(UNKNOWN);
        return switch (word) {
            case "anthropic-claude-v1" -> Seal.ANTHROPIC;
            case "google-gemini-v1" -> Seal.GOOGLE;
            case "openai-responses-v1" -> Seal.OPENAI;
            case "xai-responses-v1" -> "xai";
            default -> word;
        };
    }

    static String format(String owner) {
        return switch (owner) {
            case Seal.ANTHROPIC -> "anthropic-claude-v1";
            case Seal.GOOGLE -> "google-gemini-v1";
            case Seal.OPENAI -> "openai-responses-v1";
            case "xai" -> "xai-responses-v1";
            default -> owner;
        };
    }

    /** What encrypted state of this owner is. */
    static Seal.Kind kind(String owner) {
        return switch (owner) {
            case Seal.ANTHROPIC -> Seal.Kind.REDACTED;
            case Seal.GOOGLE -> Seal.Kind.SIGNATURE;
            default -> Seal.Kind.ENCRYPTED;
        };
    }
}
