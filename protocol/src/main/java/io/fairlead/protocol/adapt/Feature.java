package io.fairlead.protocol.adapt;

/**
 * Something a request can ask for that not every protocol has a word for. The order is that in
 * which a request is rewritten: the shape of turns comes last, when all else has its place. Closed:
 * a new constant makes every protocol say what becomes of it. Immutable.
 */
public enum Feature {
    // What is asked of the answer.
    CHOICES("n", "more than one alternative answer"),
    LOG_PROBS("logprobs", "log probabilities of tokens"),
    AUDIO_OUT("audio", "spoken answer"),
    IMAGE_OUT("modalities", "images in the answer"),
    VERBOSITY("verbosity", "how wordy the answer is"),
    JSON_SCHEMA("response_format", "an answer that follows a JSON Schema"),
    JSON_OBJECT("response_format", "an answer that is a JSON object"),
    NO_MAX_TOKENS("max_tokens", "no limit of output tokens given"),
    // Sampling.
    TEMPERATURE("temperature", "temperature"),
    TOP_P("top_p", "nucleus sampling"),
    TOP_K("top_k", "the k likeliest tokens"),
    MIN_P("min_p", "least probability"),
    FREQUENCY_PENALTY("frequency_penalty", "penalty that grows with each repetition"),
    PRESENCE_PENALTY("presence_penalty", "penalty for used tokens"),
    REPETITION_PENALTY("repetition_penalty", "factor for used tokens"),
    SEED("seed", "answers that can be had again"),
    STOP("stop", "texts that end the answer"),
    LOGIT_BIAS("logit_bias", "bias of single tokens"),
    // Reasoning.
    REASONING_EFFORT("reasoning_effort", "how hard to think, in words"),
    REASONING_BUDGET("reasoning.max_tokens", "how hard to think, in tokens"),
    REASONING_OFF("reasoning.enabled", "not to think"),
    REASONING_ADAPTIVE("thinking.type", "to think as much as the model likes"),
    REASONING_SUMMARY("reasoning.summary", "a summary of thoughts"),
    REASONING_HISTORY("reasoning", "thoughts of earlier turns"),
    REASONING_SEALED("reasoning_details", "opaque state of earlier turns"),
    // Delivery and caller.
    SERVICE_TIER("service_tier", "service tier"),
    STORE("store", "to keep the answer at the provider"),
    PREVIOUS("previous_response_id", "going on from a kept answer"),
    BACKGROUND("background", "an answer that is made in the background"),
    USER("user", "the application's own user"),
    METADATA("metadata", "metadata of the client's"),
    CACHE_KEY("prompt_cache_key", "which requests share a prompt cache"),
    CACHE_MARK("cache_control", "a breakpoint of the prompt cache"),
    // Tools.
    TOOL_STRICT("tools.strict", "arguments that follow the schema to the letter"),
    TOOL_CUSTOM("tools.custom", "a tool that takes free text"),
    TOOL_HOSTED("tools", "a tool that runs at the provider"),
    TOOLS_UNDECLARED("tools", "calls in the conversation, but no tools declared"),
    TOOL_CHOICE_ALLOWED("tool_choice", "to use some of the tools only"),
    TOOL_CHOICE_NAMED("tool_choice", "to use a certain tool"),
    TOOL_CHOICE_REQUIRED("tool_choice", "to use some tool"),
    TOOL_CHOICE_NONE("tool_choice", "not to use tools"),
    PARALLEL_CALLS_SWITCH("parallel_tool_calls", "whether several calls at once are allowed"),
    TOOL_RESULT_ERROR("is_error", "a tool result that is a failure"),
    TOOL_RESULT_MEDIA("content", "a tool result with media"),
    TOOL_RESULT_ORPHAN("tool_call_id", "a tool result without its call"),
    TOOL_CALL_UNANSWERED("tool_calls", "a call that its result does not follow, or not at once"),
    // Content.
    IMAGE_INLINE("image", "an image as bytes"),
    IMAGE_URL("image_url", "an image by address"),
    IMAGE_FILE("file_id", "an image that was uploaded"),
    IMAGE_DETAIL("detail", "how closely to look at an image"),
    DOCUMENT_INLINE("file", "a document as bytes"),
    DOCUMENT_URL("file_url", "a document by address"),
    DOCUMENT_FILE("file_id", "a document that was uploaded"),
    DOCUMENT_TEXT("document", "a document that is plain text"),
    DOCUMENT_PARTS("document", "a document made of parts"),
    AUDIO_INLINE("input_audio", "sound as bytes"),
    AUDIO_URL("audio_url", "sound by address"),
    AUDIO_FILE("file_id", "sound that was uploaded"),
    VIDEO_INLINE("video", "a film as bytes"),
    VIDEO_URL("video_url", "a film by address"),
    VIDEO_FILE("file_id", "a film that was uploaded"),
    CITATIONS("citations", "sources cited in earlier answers"),
    REFUSAL("refusal", "refusals of earlier answers"),
    FOREIGN("content", "steps of tools that ran at another provider"),
    ASSISTANT_MEDIA("content", "media in the assistant's own turns"),
    // The shape of turns.
    PARTICIPANT_NAME("name", "names of participants"),
    DEVELOPER("role", "instructions of the developer"),
    SYSTEM_MIDWAY("role", "instructions in the middle of the conversation"),
    EMPTY_CONTENT("content", "turns or texts with nothing in them"),
    CONSECUTIVE_ROLES("role", "neighbouring turns of one role"),
    ASSISTANT_FIRST("role", "a conversation that the assistant begins"),
    ASSISTANT_LAST("role", "the beginning of the answer given (prefill)"),
    NO_USER_TURN("messages", "nothing but instructions");

    private final String parameter;
    private final String words;

    Feature(String parameter, String words) {
        this.parameter = parameter;
        this.words = words;
    }

    /** The request parameter that asks for it, as {@code x-fairlead-dropped} names it. */
    public String parameter() {
        return parameter;
    }

    /** What it is, for people. */
    public String words() {
        return words;
    }
}
