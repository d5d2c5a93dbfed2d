package io.fairlead.kernel;

/**
 * What one answer used, in one meaning for all providers: {@code inputTokens} is everything the
 * model read (cached, cache-written, audio and image tokens are parts of it), {@code outputTokens}
 * everything it wrote (reasoning, audio and image tokens are parts of it). Readers of each protocol
 * convert into this meaning. Immutable.
 *
 * @param inputTokens all input tokens
 * @param cachedInputTokens part of input read from the provider's prompt cache
 * @param cacheWriteTokens part of input written to the provider's prompt cache
 * @param audioInputTokens part of input that is audio
 * @param imageInputTokens part of input that is images
 * @param outputTokens all output tokens
 * @param reasoningTokens part of output that is reasoning
 * @param audioOutputTokens part of output that is audio
 * @param imageOutputTokens part of output that is images
 * @param billedRequests as how many requests the provider bills it: a ranking may be several
 */
public record Usage(
        long inputTokens,
        long cachedInputTokens,
        long cacheWriteTokens,
        long audioInputTokens,
        long imageInputTokens,
        long outputTokens,
        long reasoningTokens,
        long audioOutputTokens,
        long imageOutputTokens,
        long billedRequests) {

    public static final Usage NONE = new Usage(0, 0, 0, 0, 0, 0, 0, 0, 0);

    /** What was used by one request. */
    public Usage(
            long inputTokens,
            long cachedInputTokens,
            long cacheWriteTokens,
            long audioInputTokens,
            long imageInputTokens,
            long outputTokens,
            long reasoningTokens,
            long audioOutputTokens,
            long imageOutputTokens) {
        this(
                inputTokens,
                cachedInputTokens,
                cacheWriteTokens,
                audioInputTokens,
                imageInputTokens,
                outputTokens,
                reasoningTokens,
                audioOutputTokens,
                imageOutputTokens,
                1);
    }

    /** The same, billed as so many requests. */
    public Usage billedAs(long requests) {
        return new Usage(
                inputTokens,
                cachedInputTokens,
                cacheWriteTokens,
                audioInputTokens,
                imageInputTokens,
                outputTokens,
                reasoningTokens,
                audioOutputTokens,
                imageOutputTokens,
                requests);
    }

    public static Usage of(long inputTokens, long outputTokens) {
        return new Usage(inputTokens, 0, 0, 0, 0, outputTokens, 0, 0, 0);
    }

    /**
     * With no more read from and written to the cache than there was input; some providers count
     * what they read from a cache of their own that is larger than the prompt.
     */
    public Usage cachedWithinInput() {
        long cached = Math.min(cachedInputTokens, inputTokens);
        long written = Math.min(cacheWriteTokens, inputTokens - cached);
        return cached == cachedInputTokens && written == cacheWriteTokens
                ? this
                : new Usage(
                        inputTokens,
                        cached,
                        written,
                        audioInputTokens,
                        imageInputTokens,
                        outputTokens,
                        reasoningTokens,
                        audioOutputTokens,
                        imageOutputTokens,
                        billedRequests);
    }

    public long totalTokens() {
        return inputTokens + outputTokens;
    }
}
