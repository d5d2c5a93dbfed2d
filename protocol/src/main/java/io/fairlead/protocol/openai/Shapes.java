package io.fairlead.protocol.openai;

import static io.fairlead.protocol.openai.Rule.optional;
import static io.fairlead.protocol.openai.Rule.required;

import io.fairlead.kernel.Endpoint;
import io.fairlead.protocol.openai.Rule.Fix;
import io.fairlead.protocol.openai.Shape.Place;

import org.jspecify.annotations.Nullable;

/**
 * The parts of OpenAI's schema that its imitators violate, as data: OpenAPI document 2.3.0. Kinds
 * of values are those of {@code JsonCursor.kind()}. Immutable.
 */
final class Shapes {
    private static final Shape DETAILS =
            Shape.of(
                    optional("cached_tokens", "i"),
                    optional("audio_tokens", "i"),
                    optional("text_tokens", "i"),
                    optional("image_tokens", "i"),
                    optional("cache_write_tokens", "i"),
                    optional("reasoning_tokens", "i"),
                    optional("accepted_prediction_tokens", "i"),
                    optional("rejected_prediction_tokens", "i"));

    private static final Shape USAGE =
            Shape.of(
                    required("prompt_tokens", "i", "0"),
                    required("total_tokens", "i", "0"),
                    optional("completion_tokens", "i"),
                    optional("prompt_tokens_details", "{").of(DETAILS),
                    optional("completion_tokens_details", "{").of(DETAILS));

    private static final Shape LOGPROBS =
            Shape.of(required("content", "[n", "null"), required("refusal", "[n", "null"));

    private static final Rule TIER =
            optional("service_tier", "\"n")
                    .oneOf("auto", "default", "flex", "scale", "priority", "fast");

    private static final Rule FINISH =
            required("finish_reason", "\"n", "null").with(Fix.FINISH_REASON);

    private static final Shape FUNCTION =
            Shape.of(
                    required("name", "\"", "\"\""),
                    required("arguments", "\"", "\"{}\"").with(Fix.ARGUMENTS));

    private static final Shape CALL =
            Shape.of(
                    required("id", "\"", "\"call_0\"").with(Fix.INDEX),
                    required("type", "\"", "\"function\"").oneOf("function", "custom"),
                    optional("function", "{").of(FUNCTION));

    private static final Shape MESSAGE =
            Shape.of(
                    Place.MESSAGE,
                    required("role", "\"", "\"assistant\"").oneOf("assistant"),
                    required("content", "\"n", "null").with(Fix.CONTENT),
                    required("refusal", "\"n", "null"),
                    optional("tool_calls", "[").of(CALL).with(Fix.TOOL_CALLS),
                    optional("function_call", "{").with(Fix.PSEUDO),
                    optional("audio", "{n").with(Fix.PSEUDO),
                    optional("annotations", "["),
                    optional("reasoning_content", "\"n").with(Fix.REASONING_CONTENT),
                    optional("reasoning", "\"{n").with(Fix.REASONING),
                    optional("reasoning_details", "[n").with(Fix.REASONING_DETAILS));

    private static final Shape CHAT =
            Shape.of(
                    required("id", "\"", "\"chatcmpl-0\""),
                    required("object", "\"", "\"chat.completion\"")
                            .oneOf("chat.completion")
                            .with(Fix.CONSTANT),
                    required("created", "i", "0").with(Fix.CREATED),
                    required("model", "\"", "\"\"").with(Fix.MODEL),
                    required("choices", "[", "[]")
                            .of(
                                    Shape.of(
                                            Place.CHOICE,
                                            required("index", "i", "0").with(Fix.INDEX),
                                            required(
                                                            "message",
                                                            "{",
                                                            "{\"role\":\"assistant\",\"content\":null,\"refusal\":null}")
                                                    .of(MESSAGE),
                                            FINISH,
                                            optional("logprobs", "{n").of(LOGPROBS))),
                    optional("usage", "{").of(USAGE),
                    TIER,
                    optional("system_fingerprint", "\"n"));

    private static final Shape CALL_DELTA =
            Shape.of(
                    required("index", "i", "0").with(Fix.INDEX),
                    optional("id", "\""),
                    optional("type", "\"").oneOf("function"),
                    optional("function", "{")
                            .of(
                                    Shape.of(
                                            optional("name", "\""),
                                            optional("arguments", "\"").with(Fix.ARGUMENTS))));

    private static final Shape DELTA =
            Shape.of(
                    Place.MESSAGE,
                    optional("role", "\"")
                            .oneOf("assistant", "user", "system", "developer", "tool"),
                    optional("content", "\"n").with(Fix.CONTENT),
                    optional("refusal", "\"n"),
                    optional("tool_calls", "[").of(CALL_DELTA).with(Fix.TOOL_CALLS),
                    optional("function_call", "{").with(Fix.PSEUDO),
                    optional("audio", "{n").with(Fix.PSEUDO),
                    optional("reasoning_content", "\"n").with(Fix.REASONING_CONTENT),
                    optional("reasoning", "\"{n").with(Fix.REASONING),
                    optional("reasoning_details", "[n").with(Fix.REASONING_DETAILS));

    private static final Shape CHAT_CHUNK =
            Shape.of(
                    required("id", "\"", "\"chatcmpl-0\""),
                    required("object", "\"", "\"chat.completion.chunk\"")
                            .oneOf("chat.completion.chunk")
                            .with(Fix.CONSTANT),
                    required("created", "i", "0").with(Fix.CREATED),
                    required("model", "\"", "\"\"").with(Fix.MODEL),
                    required("choices", "[", "[]")
                            .of(
                                    Shape.of(
                                            Place.CHOICE,
                                            required("index", "i", "0").with(Fix.INDEX),
                                            required("delta", "{", "{}").of(DELTA),
                                            FINISH,
                                            optional("logprobs", "{n").of(LOGPROBS))),
                    optional("usage", "{n").of(USAGE),
                    TIER,
                    optional("system_fingerprint", "\"n"));

    private static final Shape COMPLETION =
            Shape.of(
                    required("id", "\"", "\"cmpl-0\""),
                    required("object", "\"", "\"text_completion\"")
                            .oneOf("text_completion")
                            .with(Fix.CONSTANT),
                    required("created", "i", "0").with(Fix.CREATED),
                    required("model", "\"", "\"\"").with(Fix.MODEL),
                    required("choices", "[", "[]")
                            .of(
                                    Shape.of(
                                            Place.CHOICE,
                                            required("index", "i", "0").with(Fix.INDEX),
                                            required("text", "\"", "\"\""),
                                            FINISH,
                                            required("logprobs", "{n", "null"))),
                    optional("usage", "{n").of(USAGE),
                    optional("system_fingerprint", "\""));

    private static final Shape EMBEDDINGS =
            Shape.of(
                    required("object", "\"", "\"list\"").oneOf("list").with(Fix.CONSTANT),
                    required("model", "\"", "\"\"").with(Fix.MODEL),
                    required("data", "[", "[]")
                            .of(
                                    Shape.of(
                                            required("object", "\"", "\"embedding\"")
                                                    .oneOf("embedding")
                                                    .with(Fix.CONSTANT),
                                            required("index", "i", "0").with(Fix.INDEX))),
                    required("usage", "{", "{\"prompt_tokens\":0,\"total_tokens\":0}").of(USAGE));

    private static final Shape IMAGES =
            Shape.of(
                    required("created", "i", "0").with(Fix.CREATED),
                    optional("data", "["),
                    optional("usage", "{").with(Fix.USAGE));

    private static final Shape PART =
            Shape.ofType(
                    "output_text",
                    required("text", "\"", "\"\""),
                    required("annotations", "[", "[]"),
                    required("logprobs", "[", "[]"));

    private static final Shape ITEM =
            Shape.ofType(
                    "message",
                    required("id", "\"", "\"msg_0\""),
                    required("role", "\"", "\"assistant\""),
                    required("status", "\"", "\"completed\"")
                            .oneOf("in_progress", "completed", "incomplete"),
                    required("content", "[", "[]").of(PART));

    private static final Shape RESPONSE =
            Shape.of(
                    required("id", "\"", "\"resp_0\""),
                    required("object", "\"", "\"response\"").oneOf("response").with(Fix.CONSTANT),
                    required("created_at", "0", "0").with(Fix.CREATED),
                    required("error", "{n", "null"),
                    required("incomplete_details", "{n", "null"),
                    required("instructions", "\"[n", "null"),
                    required("model", "\"", "\"\"").with(Fix.MODEL),
                    required("tools", "[", "[]"),
                    required("output", "[", "[]").of(ITEM),
                    required("parallel_tool_calls", "tf", "true"),
                    required("metadata", "{n", "null"),
                    required("tool_choice", "\"{", "\"auto\""),
                    required("temperature", "0n", "null"),
                    required("top_p", "0n", "null"));

    private static final Shape RESPONSE_EVENT =
            Shape.of(
                    optional("response", "{").of(RESPONSE),
                    optional("item", "{").of(ITEM),
                    optional("part", "{").of(PART));

    private Shapes() {}

    /** An error body whose error lacks a type of its own. */
    static Shape error(String type) {
        return Shape.of(
                optional("error", "{")
                        .of(
                                Shape.of(
                                        required("message", "\"", "\"\""),
                                        required("type", "\"", "\"" + type + "\""),
                                        required("param", "\"n", "null"),
                                        required("code", "\"n", "null"))));
    }

    /** The shape of a unary answer; null: nothing is put right. */
    static @Nullable Shape answer(Endpoint endpoint) {
        return switch (endpoint) {
            case CHAT_COMPLETIONS -> CHAT;
            case COMPLETIONS -> COMPLETION;
            case RESPONSES -> RESPONSE;
            case EMBEDDINGS -> EMBEDDINGS;
            case IMAGE_GENERATIONS, IMAGE_EDITS, IMAGE_VARIATIONS -> IMAGES;
            default -> null;
        };
    }

    /** The shape of the data of a stream's event; null: nothing is put right. */
    static @Nullable Shape event(Endpoint endpoint) {
        return switch (endpoint) {
            case CHAT_COMPLETIONS -> CHAT_CHUNK;
            case COMPLETIONS -> COMPLETION;
            case RESPONSES -> RESPONSE_EVENT;
            default -> null;
        };
    }
}
