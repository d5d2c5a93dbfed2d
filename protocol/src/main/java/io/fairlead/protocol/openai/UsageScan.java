package io.fairlead.protocol.openai;

import static io.fairlead.protocol.json.JsonText.utf8;

import io.fairlead.kernel.Usage;
import io.fairlead.protocol.json.JsonCursor;

import java.util.Optional;

/**
 * Reads usage objects in all the spellings of OpenAI-like providers into one {@link Usage}. Of
 * several reports in one answer the last one wins, member by member. One per answer; confined to
 * one thread.
 */
final class UsageScan {
    private static final long UNKNOWN = -1;

    private static final byte[] PROMPT_TOKENS = utf8("prompt_tokens");
    private static final byte[] INPUT_TOKENS = utf8("input_tokens");
    private static final byte[] COMPLETION_TOKENS = utf8("completion_tokens");
    private static final byte[] OUTPUT_TOKENS = utf8("output_tokens");
    private static final byte[] TOTAL_TOKENS = utf8("total_tokens");
    private static final byte[] CACHED_TOKENS = utf8("cached_tokens");
    private static final byte[] PROMPT_CACHE_HIT_TOKENS = utf8("prompt_cache_hit_tokens");
    private static final byte[] CACHE_READ_INPUT_TOKENS = utf8("cache_read_input_tokens");
    private static final byte[] CACHE_WRITE_TOKENS = utf8("cache_write_tokens");
    private static final byte[] CACHE_CREATION_INPUT_TOKENS = utf8("cache_creation_input_tokens");
    private static final byte[] CACHE_CREATION_TOKENS = utf8("cache_creation_tokens");
    private static final byte[] REASONING_TOKENS = utf8("reasoning_tokens");
    private static final byte[] AUDIO_TOKENS = utf8("audio_tokens");
    private static final byte[] IMAGE_TOKENS = utf8("image_tokens");
    private static final byte[] PROMPT_TOKEN_COUNT = utf8("promptTokenCount");
    private static final byte[] CANDIDATES_TOKEN_COUNT = utf8("candidatesTokenCount");
    private static final byte[] THOUGHTS_TOKEN_COUNT = utf8("thoughtsTokenCount");
    private static final byte[] TOTAL_TOKEN_COUNT = utf8("totalTokenCount");
    private static final byte[] CACHED_CONTENT_TOKEN_COUNT = utf8("cachedContentTokenCount");

    private boolean seen;
    private boolean cacheBesideInput;
    private boolean promptSpelling;
    private long input = UNKNOWN;
    private long output = UNKNOWN;
    private long total = UNKNOWN;
    private long cached = UNKNOWN;
    private long cacheWrite = UNKNOWN;
    private long audioInput = UNKNOWN;
    private long imageInput = UNKNOWN;
    private long reasoning = UNKNOWN;
    private long audioOutput = UNKNOWN;
    private long imageOutput = UNKNOWN;

    /** Reads the value that comes next: a usage object, or null. */
    void read(JsonCursor cursor) {
        if (cursor.kind() != '{') {
            return;
        }
        cursor.enterObject();
        while (cursor.nextMember()) {
            switch (cursor.kind()) {
                case '0' -> readCount(cursor);
                case '{' -> readDetails(cursor);
                default -> {}
            }
        }
    }

    private void readCount(JsonCursor cursor) {
        if (cursor.keyIs(PROMPT_TOKENS) || cursor.keyIs(PROMPT_TOKEN_COUNT)) {
            promptSpelling = true;
            input = count(cursor);
        } else if (cursor.keyIs(INPUT_TOKENS)) {
            input = count(cursor);
        } else if (cursor.keyIs(COMPLETION_TOKENS)
                || cursor.keyIs(OUTPUT_TOKENS)
                || cursor.keyIs(CANDIDATES_TOKEN_COUNT)) {
            output = count(cursor);
        } else if (cursor.keyIs(TOTAL_TOKENS) || cursor.keyIs(TOTAL_TOKEN_COUNT)) {
            total = count(cursor);
        } else if (cursor.keyIs(CACHE_READ_INPUT_TOKENS)) {
            cacheBesideInput = true;
            cached = count(cursor);
        } else if (cursor.keyIs(CACHE_CREATION_INPUT_TOKENS)) {
            cacheBesideInput = true;
            cacheWrite = count(cursor);
        } else if (cursor.keyIs(PROMPT_CACHE_HIT_TOKENS)
                || cursor.keyIs(CACHED_TOKENS)
                || cursor.keyIs(CACHED_CONTENT_TOKEN_COUNT)) {
            cached = count(cursor);
        } else if (cursor.keyIs(REASONING_TOKENS) || cursor.keyIs(THOUGHTS_TOKEN_COUNT)) {
            reasoning = count(cursor);
        }
    }

    private long count(JsonCursor cursor) {
        seen = true;
        return cursor.count();
    }

    /** Details are of the input unless their name speaks of output: four spellings are in use. */
    private void readDetails(JsonCursor cursor) {
        boolean ofOutput =
                cursor.keyStartsWith(COMPLETION_TOKENS, 10)
                        || cursor.keyStartsWith(OUTPUT_TOKENS, 6);
        boolean ofInput =
                cursor.keyStartsWith(PROMPT_TOKENS, 6) || cursor.keyStartsWith(INPUT_TOKENS, 5);
        if (!ofOutput && !ofInput) {
            return;
        }
        cursor.enterObject();
        while (cursor.nextMember()) {
            if (cursor.kind() != '0') {
                continue;
            }
            if (cursor.keyIs(AUDIO_TOKENS)) {
                long audio = count(cursor);
                audioInput = ofInput ? audio : audioInput;
                audioOutput = ofOutput ? audio : audioOutput;
            } else if (cursor.keyIs(IMAGE_TOKENS)) {
                long image = count(cursor);
                imageInput = ofInput ? image : imageInput;
                imageOutput = ofOutput ? image : imageOutput;
            } else if (ofInput && cursor.keyIs(CACHED_TOKENS)) {
                cached = count(cursor);
            } else if (ofInput
                    && (cursor.keyIs(CACHE_WRITE_TOKENS) || cursor.keyIs(CACHE_CREATION_TOKENS))) {
                cacheWrite = count(cursor);
            } else if (ofOutput && cursor.keyIs(REASONING_TOKENS)) {
                reasoning = count(cursor);
            }
        }
    }

    /** What was reported; absent when no count of tokens was. */
    Optional<Usage> usage() {
        if (!seen) {
            return Optional.empty();
        }
        long in = known(input);
        long out = known(output);
        if (input == UNKNOWN && output == UNKNOWN) {
            in = known(total);
        } else if (total == UNKNOWN) {
            // Anthropic's input leaves out what was read from and written to the cache.
            in += cacheBesideInput && !promptSpelling ? known(cached) + known(cacheWrite) : 0;
        } else if (output != UNKNOWN && total > in + out) {
            long missing = total - in - out;
            boolean ofInput =
                    missing == known(audioInput) || missing == known(cached) + known(cacheWrite);
            if (ofInput && missing != known(reasoning)) {
                in += missing;
            } else {
                // xAI and Gemini count reasoning in the total but not in the completion, Gemini
                // without saying so elsewhere.
                out += missing;
            }
        }
        return Optional.of(
                new Usage(
                        in,
                        Math.min(in, known(cached)),
                        Math.min(in, known(cacheWrite)),
                        Math.min(in, known(audioInput)),
                        Math.min(in, known(imageInput)),
                        out,
                        Math.min(out, Math.max(known(reasoning), out - Math.max(0, known(output)))),
                        Math.min(out, known(audioOutput)),
                        Math.min(out, known(imageOutput))));
    }

    private static long known(long count) {
        return Math.max(0, count);
    }
}
