package io.fairlead.protocol.openai;

import static io.fairlead.protocol.json.JsonText.utf8;

import io.fairlead.kernel.Endpoint;
import io.fairlead.kernel.ErrorCode;
import io.fairlead.kernel.GatewayError;
import io.fairlead.kernel.GatewayException;
import io.fairlead.protocol.json.JsonCursor;
import io.fairlead.protocol.json.JsonMembers;
import io.fairlead.protocol.json.MalformedJson;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** One pass over a JSON request body. Used once, by one thread. */
final class RequestScan {
    private static final byte[] MODEL = utf8("model");
    private static final byte[] STREAM = utf8("stream");
    private static final byte[] STREAM_OPTIONS = utf8("stream_options");
    private static final byte[] INCLUDE_USAGE = utf8("include_usage");
    private static final byte[] MAX_TOKENS = utf8("max_tokens");
    private static final byte[] MAX_COMPLETION_TOKENS = utf8("max_completion_tokens");
    private static final byte[] MAX_OUTPUT_TOKENS = utf8("max_output_tokens");
    private static final byte[] USER = utf8("user");
    private static final byte[] SAFETY_IDENTIFIER = utf8("safety_identifier");
    private static final byte[] METADATA = utf8("metadata");
    private static final byte[] N = utf8("n");
    private static final byte[] TOOLS = utf8("tools");
    private static final byte[] FUNCTIONS = utf8("functions");
    private static final byte[] MESSAGES = utf8("messages");
    private static final byte[] CONTENTS = utf8("contents");
    private static final byte[] CONTENT = utf8("content");
    private static final byte[] REQUESTS = utf8("requests");
    private static final byte[] SYSTEM = utf8("system");
    private static final byte[] USER_ID = utf8("user_id");
    private static final byte[] INPUT = utf8("input");
    private static final byte[] PROMPT = utf8("prompt");
    private static final byte[] INSTRUCTIONS = utf8("instructions");
    private static final byte[] RESPONSE_FORMAT = utf8("response_format");

    /**
     * What is remembered of a body takes at most about a byte for each of its own, and 1 MB: a body
     * that is all brackets is read again where it has to be translated.
     */
    private static final int LEAST_REMEMBERED = 768;

    private static final int MOST_REMEMBERED = 1 << 18;

    private static final int MAX_MODEL_LENGTH = 512;
    private static final int MAX_USER_LENGTH = 512;
    private static final int MAX_METADATA = 16;
    private static final int MAX_METADATA_KEY = 64;
    private static final int MAX_METADATA_VALUE = 512;

    private final Endpoint endpoint;
    private final byte[] body;
    private final JsonCursor cursor;
    private final JsonMembers members = new JsonMembers();
    private final InputScan input;

    private boolean modelSeen;
    private String model = "";
    private boolean stream;
    private boolean streamUsageAsked;
    private OptionalLong maxOutputTokens = OptionalLong.empty();
    private Optional<String> user = Optional.empty();
    private Optional<String> safetyIdentifier = Optional.empty();
    private Map<String, String> metadata = Map.of();
    private long answers = 1;
    private boolean hasTools;
    private boolean messagesSeen;
    private boolean inputSeen;
    private Optional<String> responseFormat = Optional.empty();

    RequestScan(Endpoint endpoint, byte[] body) {
        this.endpoint = endpoint;
        this.body = body;
        this.cursor =
                endpoint.conversation().isPresent()
                        ? JsonCursor.remembering(body, remembered(body.length))
                        : new JsonCursor(body, 0, body.length);
        this.input = new InputScan(cursor);
    }

    private static int remembered(int length) {
        return Math.min(LEAST_REMEMBERED + length / 4, MOST_REMEMBERED);
    }

    JsonBody scan() {
        try {
            if (cursor.position() == body.length) {
                throw invalid("The request body is empty (expected: a JSON object)");
            }
            if (cursor.kind() != '{') {
                throw invalid(
                        "The request body is "
                                + kindName(cursor.kind())
                                + " (expected: a JSON object)");
            }
            members.begin(body, cursor.position());
            cursor.enterObject();
            while (cursor.nextMember()) {
                int keyFrom = cursor.keyFrom();
                int keyTo = cursor.keyTo();
                int valueFrom = cursor.valueFrom();
                if (!readMember()) {
                    cursor.skipValue();
                }
                members.add(keyFrom, keyTo, valueFrom, cursor.position());
            }
            cursor.finish();
        } catch (MalformedJson malformed) {
            throw invalid("The request body is not valid JSON: " + malformed.getMessage());
        }
        require();
        return new JsonBody(endpoint, body, members, facts(), cursor.whole());
    }

    /** Reads the current member's value if it matters; false: it was not touched. */
    private boolean readMember() {
        // The length alone rules out nearly all names.
        return switch (cursor.keyLength()) {
            case 1 -> cursor.keyIs(N) && readAnswers();
            case 4 -> cursor.keyIs(USER) && readUser();
            case 5 -> readShort();
            case 6 ->
                    cursor.keyIs(STREAM)
                            ? readStream()
                            : (cursor.keyIs(PROMPT) || isSystem()) && readInput();
            case 7 -> cursor.keyIs(CONTENT) && readContent();
            case 8 ->
                    cursor.keyIs(MESSAGES) || cursor.keyIs(CONTENTS) || cursor.keyIs(REQUESTS)
                            ? readMessages()
                            : cursor.keyIs(METADATA) && readMetadata();
            case 9 -> cursor.keyIs(FUNCTIONS) && readTools();
            case 10 -> cursor.keyIs(MAX_TOKENS) && readLimit();
            case 12 -> cursor.keyIs(INSTRUCTIONS) && readText();
            case 14 -> cursor.keyIs(STREAM_OPTIONS) && readStreamOptions();
            case 15 -> cursor.keyIs(RESPONSE_FORMAT) && readResponseFormat();
            case 17 ->
                    cursor.keyIs(MAX_OUTPUT_TOKENS)
                            ? readLimit()
                            : cursor.keyIs(SAFETY_IDENTIFIER) && readSafetyIdentifier();
            case 21 -> cursor.keyIs(MAX_COMPLETION_TOKENS) && readLimit();
            default -> false;
        };
    }

    private boolean isAnthropics() {
        return endpoint == Endpoint.MESSAGES || endpoint == Endpoint.COUNT_TOKENS;
    }

    /** Anthropic's instructions; to others it is a member like any other. */
    private boolean isSystem() {
        return isAnthropics() && cursor.keyIs(SYSTEM);
    }

    private boolean readShort() {
        if (cursor.keyIs(MODEL)) {
            return readModel();
        }
        return cursor.keyIs(INPUT) ? readInput() : cursor.keyIs(TOOLS) && readTools();
    }

    private boolean readModel() {
        modelSeen = false;
        if (cursor.kind() == 'n') {
            return false;
        }
        if (cursor.kind() != '"') {
            throw wrongType("model", "a string");
        }
        model = cursor.string();
        if (model.isEmpty()) {
            throw invalid("'model' is empty (expected: the name of a model)", "model");
        }
        if (model.length() > MAX_MODEL_LENGTH) {
            throw invalid("'model' is longer than " + MAX_MODEL_LENGTH + " characters", "model");
        }
        modelSeen = true;
        return true;
    }

    private boolean readStream() {
        stream =
                switch (cursor.kind()) {
                    case 't' -> true;
                    case 'f', 'n' -> false;
                    default -> throw wrongType("stream", "true or false");
                };
        return false;
    }

    private boolean readStreamOptions() {
        streamUsageAsked = false;
        if (cursor.kind() != '{') {
            return false;
        }
        cursor.enterObject();
        while (cursor.nextMember()) {
            if (cursor.keyIs(INCLUDE_USAGE)) {
                streamUsageAsked = cursor.kind() == 't';
            }
        }
        return true;
    }

    private boolean readMessages() {
        boolean expected =
                switch (endpoint) {
                    case CHAT_COMPLETIONS, MESSAGES, COUNT_TOKENS -> cursor.keyIs(MESSAGES);
                    case GENERATE_CONTENT, COUNT_CONTENT -> cursor.keyIs(CONTENTS);
                    case BATCH_EMBED_CONTENTS -> cursor.keyIs(REQUESTS);
                    default -> false;
                };
        if (!expected) {
            return false;
        }
        if (cursor.kind() != '[') {
            throw wrongType(
                    cursor.key(),
                    endpoint == Endpoint.BATCH_EMBED_CONTENTS
                            ? "an array of requests"
                            : "an array of messages");
        }
        messagesSeen = true;
        input.readItems();
        return true;
    }

    /** What Gemini embeds; to others it is a member like any other. */
    private boolean readContent() {
        if (endpoint != Endpoint.EMBED_CONTENT || cursor.kind() != '{') {
            return false;
        }
        input.readContent();
        return true;
    }

    private boolean readInput() {
        inputSeen = cursor.kind() != 'n';
        input.read();
        return true;
    }

    private boolean readText() {
        input.readText();
        return true;
    }

    private boolean readTools() {
        if (cursor.kind() != '[') {
            return false;
        }
        int from = cursor.position();
        cursor.skipValue();
        hasTools |= cursor.position() - from > 2;
        input.addCharacters(cursor.position() - from - 2);
        return true;
    }

    private boolean readAnswers() {
        if (cursor.kind() != '0') {
            return false;
        }
        answers = Math.max(1, cursor.count());
        return true;
    }

    private boolean readLimit() {
        if (cursor.kind() != '0') {
            return false;
        }
        maxOutputTokens = OptionalLong.of(cursor.count());
        return true;
    }

    private boolean readUser() {
        if (cursor.kind() != '"') {
            return false;
        }
        user = Optional.of(shortened(cursor.string(), MAX_USER_LENGTH));
        return true;
    }

    private boolean readSafetyIdentifier() {
        if (cursor.kind() != '"') {
            return false;
        }
        safetyIdentifier = Optional.of(shortened(cursor.string(), MAX_USER_LENGTH));
        return true;
    }

    private boolean readResponseFormat() {
        if (cursor.kind() != '"') {
            return false;
        }
        responseFormat = Optional.of(shortened(cursor.string(), MAX_USER_LENGTH));
        return true;
    }

    private boolean readMetadata() {
        if (cursor.kind() != '{') {
            return false;
        }
        Map<String, String> entries = new HashMap<>();
        cursor.enterObject();
        while (cursor.nextMember()) {
            if (entries.size() < MAX_METADATA && cursor.kind() == '"') {
                boolean names = endpoint == Endpoint.MESSAGES && cursor.keyIs(USER_ID);
                String key = shortened(cursor.key(), MAX_METADATA_KEY);
                String value = shortened(cursor.string(), MAX_METADATA_VALUE);
                if (names) {
                    user = Optional.of(value);
                } else {
                    entries.put(key, value);
                }
            }
        }
        metadata = entries;
        return true;
    }

    private static String shortened(String text, int max) {
        if (text.length() <= max) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(max - 1)) ? max - 1 : max;
        return text.substring(0, end);
    }

    /** Refuses what the endpoint can't do without. */
    private void require() {
        switch (endpoint) {
            case CHAT_COMPLETIONS -> {
                requireModel();
                requirePresent(messagesSeen, "messages", "an array of messages");
            }
            case EMBEDDINGS -> {
                requireModel();
                requirePresent(inputSeen, "input", "a string or an array");
            }
            case COMPLETIONS,
                    RESPONSES,
                    INPUT_TOKENS,
                    SPEECH,
                    TRANSCRIPTIONS,
                    TRANSLATIONS,
                    RERANK ->
                    requireModel();
            // OpenAI has a default model for these; whether we have one is routing's business.
            case IMAGE_GENERATIONS, IMAGE_EDITS, IMAGE_VARIATIONS, MODERATIONS -> {}
            case MESSAGES, COUNT_TOKENS -> {
                requireModel();
                requirePresent(messagesSeen, "messages", "an array of messages");
            }
            case GENERATE_CONTENT ->
                    requirePresent(messagesSeen, "contents", "an array of contents");
            // what they can't do without is nothing that the gateway reads
            case COUNT_CONTENT,
                    EMBED_CONTENT,
                    BATCH_EMBED_CONTENTS,
                    FILES,
                    UPLOADS,
                    BATCHES,
                    REALTIME,
                    ANTHROPIC_FILES,
                    MESSAGE_BATCHES,
                    PASSTHROUGH -> {}
        }
    }

    private void requireModel() {
        requirePresent(modelSeen, "model", "the name of a model");
    }

    private static void requirePresent(boolean present, String name, String expected) {
        if (!present) {
            throw invalid("'" + name + "' is missing (expected: " + expected + ")", name);
        }
    }

    private RequestFacts facts() {
        return new RequestFacts(
                modelSeen ? model : "",
                stream,
                streamUsageAsked,
                maxOutputTokens,
                user.isPresent() ? user : safetyIdentifier,
                metadata,
                answers,
                input.items(),
                input.characters(),
                hasTools,
                input.hasImages(),
                input.hasAudio(),
                responseFormat);
    }

    private GatewayException wrongType(String name, String expected) {
        return invalid(
                "'" + name + "' is " + kindName(cursor.kind()) + " (expected: " + expected + ")",
                name);
    }

    private static String kindName(char kind) {
        return switch (kind) {
            case '{' -> "an object";
            case '[' -> "an array";
            case '"' -> "a string";
            case '0' -> "a number";
            case 'n' -> "null";
            default -> "a boolean";
        };
    }

    static GatewayException invalid(String message) {
        return new GatewayException(ErrorCode.INVALID_REQUEST, message);
    }

    static GatewayException invalid(String message, String param) {
        return new GatewayException(
                GatewayError.of(ErrorCode.INVALID_REQUEST, message).withParam(param));
    }
}
