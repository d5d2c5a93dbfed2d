package io.fairlead.protocol.openai;

import static io.fairlead.protocol.json.JsonText.utf8;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The {@code type} of a typed stream event (responses, images, audio) and what such events mean.
 * Reused for every event of a stream; confined to one thread.
 */
final class EventType {
    /** What events of a type mean. */
    enum Kind {
        PROGRESS,
        DELTA,
        ITEM_ADDED,
        OUTPUT,
        END,
        END_WITH_OUTPUT,
        ERROR,
        UNKNOWN
    }

    private static final byte[] NOTHING = {};
    private static final byte[] RESPONSE_PREFIX = utf8("response.");
    private static final byte[] DELTA_SUFFIX = utf8(".delta");
    private static final byte[] DONE_SUFFIX = utf8(".done");
    private static final byte[] PARTIAL_IMAGE_SUFFIX = utf8("partial_image");
    private static final byte[] ITEM_ADDED = utf8("response.output_item.added");
    private static final byte[][] ERRORS = {utf8("error"), utf8("response.failed")};
    private static final byte[][] ENDS = {
        utf8("response.completed"),
        utf8("response.incomplete"),
        utf8("response.cancelled"),
        utf8("speech.audio.done"),
        utf8("message_stop")
    };
    private static final byte[][] ENDS_WITH_OUTPUT = {
        utf8("image_generation.completed"),
        utf8("image_edit.completed"),
        utf8("transcript.text.done")
    };
    private static final byte[][] PROGRESS = {
        utf8("keepalive"),
        utf8("ping"),
        utf8("message_start"),
        utf8("message_delta"),
        utf8("content_block_start"),
        utf8("content_block_stop")
    };

    private byte[] bytes = NOTHING;
    private int from;
    private int to;
    private int statusFrom;
    private int statusTo;

    /** Forgets the last event. */
    void begin() {
        from = 0;
        to = 0;
        statusFrom = 0;
        statusTo = 0;
    }

    void set(byte[] newBytes, int newFrom, int newTo) {
        bytes = newBytes;
        from = newFrom;
        to = newTo;
    }

    /** Notes the status of the response that the event holds. */
    void setStatus(byte[] newBytes, int newFrom, int newTo) {
        bytes = newBytes;
        statusFrom = newFrom;
        statusTo = newTo;
    }

    /** Whether the event has a type at all; chunks have none. */
    boolean present() {
        return to > from;
    }

    @Nullable String status() {
        return statusTo == statusFrom
                ? null
                : new String(bytes, statusFrom, statusTo - statusFrom, StandardCharsets.UTF_8);
    }

    Kind kind() {
        if (endsWith(DELTA_SUFFIX)) {
            return Kind.DELTA;
        }
        if (isOneOf(ENDS)) {
            return Kind.END;
        }
        if (isOneOf(ERRORS)) {
            return Kind.ERROR;
        }
        if (startsWith(RESPONSE_PREFIX)) {
            return kindOfResponseEvent();
        }
        if (isOneOf(ENDS_WITH_OUTPUT)) {
            return Kind.END_WITH_OUTPUT;
        }
        if (endsWith(PARTIAL_IMAGE_SUFFIX)) {
            return Kind.OUTPUT;
        }
        return isOneOf(PROGRESS) ? Kind.PROGRESS : Kind.UNKNOWN;
    }

    private Kind kindOfResponseEvent() {
        if (is(ITEM_ADDED)) {
            return Kind.ITEM_ADDED;
        }
        return endsWith(DONE_SUFFIX) || endsWith(PARTIAL_IMAGE_SUFFIX)
                ? Kind.OUTPUT
                : Kind.PROGRESS;
    }

    private boolean isOneOf(byte[][] names) {
        for (byte[] name : names) {
            if (is(name)) {
                return true;
            }
        }
        return false;
    }

    private boolean is(byte[] name) {
        return Arrays.equals(bytes, from, to, name, 0, name.length);
    }

    private boolean startsWith(byte[] prefix) {
        int end = from + prefix.length;
        return end <= to && Arrays.equals(bytes, from, end, prefix, 0, prefix.length);
    }

    private boolean endsWith(byte[] suffix) {
        int start = to - suffix.length;
        return start >= from && Arrays.equals(bytes, start, to, suffix, 0, suffix.length);
    }
}
