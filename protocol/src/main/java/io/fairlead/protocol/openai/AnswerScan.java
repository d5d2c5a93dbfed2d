package io.fairlead.protocol.openai;

import static io.fairlead.protocol.json.JsonText.utf8;

import io.fairlead.kernel.Endpoint;
import io.fairlead.kernel.Usage;
import io.fairlead.protocol.json.JsonCursor;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.Optional;

/** One pass over a unary answer. Used once, by one thread. */
final class AnswerScan {
    private static final byte[] CHOICES = utf8("choices");
    private static final byte[] OUTPUT = utf8("output");
    private static final byte[] DATA = utf8("data");
    private static final byte[] RESULTS = utf8("results");
    private static final byte[] TEXT = utf8("text");
    private static final byte[] USAGE = utf8("usage");
    private static final byte[] USAGE_METADATA = utf8("usageMetadata");
    private static final byte[] X_GROQ = utf8("x_groq");
    private static final byte[] MODEL = utf8("model");
    private static final byte[] ERROR = utf8("error");
    private static final byte[] OBJECT = utf8("object");
    private static final byte[] STATUS = utf8("status");
    private static final byte[] FAILED = utf8("failed");
    private static final byte[] TYPE = utf8("type");
    private static final byte[] CALL_SUFFIX = utf8("_call\"");

    private final Endpoint endpoint;
    private final JsonCursor cursor = new JsonCursor();
    private final ChunkScan chunk = new ChunkScan();
    private final UsageScan usage = new UsageScan();

    private boolean main;
    private boolean error;
    private boolean failed;
    private boolean call;
    private @Nullable String model;
    private @Nullable String status;

    AnswerScan(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    void read(byte[] body) {
        cursor.reset(body, 0, body.length);
        if (endpoint == Endpoint.PASSTHROUGH && cursor.kind() != '{') {
            cursor.finish();
            return;
        }
        cursor.enterObject();
        while (cursor.nextMember()) {
            readMember();
        }
        cursor.finish();
    }

    private void readMember() {
        if (cursor.keyIs(mainMember())) {
            readMain();
        } else if (cursor.keyIs(USAGE) || cursor.keyIs(USAGE_METADATA)) {
            usage.read(cursor);
        } else if (cursor.keyIs(MODEL)) {
            model = cursor.nonEmptyString() ? cursor.string() : null;
        } else if (cursor.keyIs(ERROR)) {
            error = cursor.kind() == '{' || cursor.nonEmptyString();
        } else if (cursor.keyIs(OBJECT)) {
            error |= cursor.stringIs(ERROR);
        } else if (cursor.keyIs(STATUS) && cursor.kind() == '"') {
            failed = cursor.stringIs(FAILED);
            status = cursor.string();
        } else if (cursor.keyIs(X_GROQ) && cursor.kind() == '{') {
            cursor.enterObject();
            while (cursor.nextMember()) {
                if (cursor.keyIs(USAGE)) {
                    usage.read(cursor);
                }
            }
        }
    }

    /** The member without which an answer of this endpoint is none. */
    private byte[] mainMember() {
        return switch (endpoint) {
            case RESPONSES -> OUTPUT;
            case EMBEDDINGS, IMAGE_GENERATIONS, IMAGE_EDITS, IMAGE_VARIATIONS -> DATA;
            case SPEECH, TRANSCRIPTIONS, TRANSLATIONS -> TEXT;
            case MODERATIONS, RERANK -> RESULTS;
            default -> CHOICES;
        };
    }

    private void readMain() {
        char kind = cursor.kind();
        if (kind == '[') {
            main = true;
            if (endpoint == Endpoint.RESPONSES) {
                readItems();
            } else if (isChoices()) {
                chunk.begin();
                chunk.read(cursor);
            }
        }
    }

    /** Answers about audio have many forms; any object but an error is one. */
    private boolean isAudio() {
        return Arrays.equals(mainMember(), TEXT) && !error;
    }

    private boolean isChoices() {
        return switch (endpoint) {
            case CHAT_COMPLETIONS, COMPLETIONS, PASSTHROUGH -> true;
            default -> false;
        };
    }

    private void readItems() {
        cursor.enterArray();
        while (cursor.nextElement()) {
            if (cursor.kind() != '{') {
                continue;
            }
            cursor.enterObject();
            while (cursor.nextMember()) {
                if (cursor.keyIs(TYPE) && cursor.kind() == '"') {
                    cursor.skipValue();
                    call |= cursor.endsWith(CALL_SUFFIX);
                }
            }
        }
    }

    boolean hasError() {
        return error || failed || chunk.failed();
    }

    /** Whether there is an answer, be it empty. */
    boolean hasAnswer() {
        return (main || isAudio()) && !failed && !chunk.failed();
    }

    /** Whether a chat or completion has no choice with output or a finish reason. */
    boolean isEmpty() {
        return isChoices() && !chunk.output() && !chunk.finished();
    }

    /** Says what an answer lacks to be one. */
    String missing() {
        return "the provider's answer has no '"
                + new String(mainMember(), java.nio.charset.StandardCharsets.UTF_8)
                + "'";
    }

    boolean hasCall() {
        return call || chunk.call();
    }

    Optional<Usage> usage() {
        return usage.usage();
    }

    Optional<String> model() {
        return Optional.ofNullable(model);
    }

    Optional<String> finishReason() {
        return Optional.ofNullable(chunk.finishReason()).or(() -> Optional.ofNullable(status));
    }
}
