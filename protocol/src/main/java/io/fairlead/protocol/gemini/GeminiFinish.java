package io.fairlead.protocol.gemini;

import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.Json.Kind;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.model.Finish;
import io.fairlead.protocol.model.Finish.Reason;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finish reasons, as words or as the numbers of Vertex AI. Stateless: any thread. */
final class GeminiFinish {
    /** The word is one of Google's that nobody here knows. */
    static final String UNKNOWN = "finish:unknown";

    static final String NUMBER = "finish:number";

    private static final List<String> NUMBERS =
            List.of(
                    "FINISH_REASON_UNSPECIFIED",
                    "STOP",
                    "MAX_TOKENS",
                    "SAFETY",
                    "RECITATION",
                    "OTHER",
                    "BLOCKLIST",
                    "PROHIBITED_CONTENT",
                    "SPII",
                    "MALFORMED_FUNCTION_CALL",
                    "MODEL_ARMOR",
                    "IMAGE_SAFETY",
                    "IMAGE_PROHIBITED_CONTENT",
                    "IMAGE_RECITATION",
                    "IMAGE_OTHER",
                    "UNEXPECTED_TOOL_CALL",
                    "NO_IMAGE");

    private static final Map<String, Reason> REASONS =
            Map.ofEntries(
                    Map.entry("STOP", Reason.STOP),
                    Map.entry("MAX_TOKENS", Reason.LENGTH),
                    Map.entry("SAFETY", Reason.CONTENT_FILTER),
                    Map.entry("RECITATION", Reason.CONTENT_FILTER),
                    Map.entry("BLOCKLIST", Reason.CONTENT_FILTER),
                    Map.entry("PROHIBITED_CONTENT", Reason.CONTENT_FILTER),
                    Map.entry("SPII", Reason.CONTENT_FILTER),
                    Map.entry("MODEL_ARMOR", Reason.CONTENT_FILTER),
                    Map.entry("IMAGE_SAFETY", Reason.CONTENT_FILTER),
                    Map.entry("IMAGE_PROHIBITED_CONTENT", Reason.CONTENT_FILTER),
                    Map.entry("IMAGE_RECITATION", Reason.CONTENT_FILTER),
                    Map.entry("MALFORMED_FUNCTION_CALL", Reason.MALFORMED_CALL),
                    Map.entry("UNEXPECTED_TOOL_CALL", Reason.MALFORMED_CALL),
                    Map.entry("TOO_MANY_TOOL_CALLS", Reason.MALFORMED_CALL),
                    Map.entry("MISSING_THOUGHT_SIGNATURE", Reason.ERROR),
                    Map.entry("MALFORMED_RESPONSE", Reason.ERROR),
                    Map.entry("LANGUAGE", Reason.OTHER),
                    Map.entry("IMAGE_OTHER", Reason.OTHER),
                    Map.entry("NO_IMAGE", Reason.OTHER),
                    Map.entry("OTHER", Reason.OTHER));

    private GeminiFinish() {}

    /**
     * Why a candidate ended, if it did.
     *
     * @param calls whether it calls tools
     */
    static Optional<Finish> read(ProtoFields candidate, boolean calls) {
        Optional<Json> said = candidate.peek("finishReason");
        if (said.isEmpty()) {
            return Optional.empty();
        }
        String word;
        String name;
        if (said.get().kind() == Kind.NUMBER) {
            long number = said.get().whole();
            word = said.get().toString();
            candidate.form(NUMBER);
            name = number >= 0 && number < NUMBERS.size() ? NUMBERS.get((int) number) : word;
        } else if (said.get().isString()) {
            word = said.get().text();
            name = word;
        } else {
            return Optional.empty();
        }
        if (name.isEmpty() || name.equals(NUMBERS.getFirst())) {
            return Optional.empty();
        }
        candidate.take("finishReason");
        Reason reason = REASONS.get(name);
        if (reason == null) {
            candidate.form(UNKNOWN);
            reason = Reason.OTHER;
        }
        return Optional.of(Finish.of(calls ? Reason.TOOL_CALLS : reason, word));
    }

    static void write(Finish finish, JsonObject candidate, Spelling spelling) {
        String word = finish.word();
        String name = spelling.name("finishReason");
        boolean number = !word.isEmpty() && word.charAt(0) >= '0' && word.charAt(0) <= '9';
        if (number && spelling.form(NUMBER)) {
            candidate.put(name, Json.parse(word));
        } else if (isOwn(finish) || (!number && spelling.form(UNKNOWN))) {
            candidate.put(name, word);
        } else {
            candidate.put(name, wordOf(finish.reason()));
        }
    }

    private static boolean isOwn(Finish finish) {
        Reason reason = REASONS.get(finish.word());
        return reason != null
                && (reason == finish.reason() || finish.reason() == Reason.TOOL_CALLS);
    }

    private static String wordOf(Reason reason) {
        return switch (reason) {
            case STOP, STOP_SEQUENCE, TOOL_CALLS, PAUSE -> "STOP";
            case LENGTH, CONTEXT_FULL -> "MAX_TOKENS";
            case CONTENT_FILTER, REFUSAL -> "SAFETY";
            case MALFORMED_CALL -> "MALFORMED_FUNCTION_CALL";
            case ERROR, OTHER -> "OTHER";
        };
    }
}
