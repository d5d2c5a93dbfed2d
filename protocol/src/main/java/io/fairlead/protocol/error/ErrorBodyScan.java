package io.fairlead.protocol.error;

import io.fairlead.protocol.json.JsonCursor;

import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.OptionalInt;

/** Collects what an error body says. Used once, by one thread. */
final class ErrorBodyScan {
    private static final int MAX_WORD = 200;

    private @Nullable String message;
    private @Nullable String type;
    private @Nullable String code;
    private @Nullable String param;
    private int status;

    boolean hasMessage() {
        return message != null;
    }

    ErrorBody result() {
        return new ErrorBody(
                message == null ? "" : message,
                Optional.ofNullable(type),
                Optional.ofNullable(code),
                Optional.ofNullable(param),
                status == 0 ? OptionalInt.empty() : OptionalInt.of(status));
    }

    /** Reads the body: an object, an array whose first element is one (Google), or a string. */
    void read(JsonCursor cursor) {
        switch (cursor.kind()) {
            case '{' -> readObject(cursor, false);
            case '[' -> {
                cursor.enterArray();
                while (cursor.nextElement()) {
                    readNested(cursor);
                }
            }
            case '"' -> setMessage(cursor.string());
            default -> {}
        }
        cursor.finish();
    }

    private void readObject(JsonCursor cursor, boolean inner) {
        cursor.enterObject();
        while (cursor.nextMember()) {
            switch (cursor.key()) {
                case "error", "response" -> readNested(cursor);
                case "message", "msg", "error_message", "error_description" -> readMessage(cursor);
                case "detail", "errors" -> readDetail(cursor);
                case "type", "error_type", "__type" -> readType(cursor, inner);
                case "code", "error_code" -> readCode(cursor);
                case "param" -> param = word(cursor, param);
                case "reason" -> readReason(cursor);
                case "status", "status_code", "raw_status_code", "http_status" ->
                        readStatus(cursor);
                case "choices", "details" -> readList(cursor);
                default -> {}
            }
        }
    }

    private void readNested(JsonCursor cursor) {
        switch (cursor.kind()) {
            case '{' -> readObject(cursor, true);
            case '"' -> setMessage(cursor.string());
            default -> {}
        }
    }

    private void readMessage(JsonCursor cursor) {
        switch (cursor.kind()) {
            case '"' -> setMessage(cursor.string());
            case '{' -> readObject(cursor, true);
            default -> {}
        }
    }

    /** FastAPI's {@code detail}: a string, an object, or a list of findings. */
    private void readDetail(JsonCursor cursor) {
        if (cursor.kind() == '[') {
            cursor.enterArray();
            while (cursor.nextElement()) {
                readNested(cursor);
            }
        } else {
            readNested(cursor);
        }
    }

    private void readList(JsonCursor cursor) {
        if (cursor.kind() != '[') {
            return;
        }
        cursor.enterArray();
        while (cursor.nextElement()) {
            if (cursor.kind() == '{') {
                readObject(cursor, true);
            }
        }
    }

    private void readType(JsonCursor cursor, boolean inner) {
        String found = word(cursor, null);
        boolean envelope = !inner && ("error".equals(found) || isEvent(found));
        if (found != null && !envelope && (type == null || inner)) {
            type = found;
        }
    }

    private static boolean isEvent(@Nullable String found) {
        return found != null && found.startsWith("response.");
    }

    private void readCode(JsonCursor cursor) {
        if (cursor.kind() == '0') {
            long number = cursor.count();
            setStatus(number);
            code = code == null ? Long.toString(number) : code;
        } else {
            String found = word(cursor, null);
            if (found != null) {
                code = found;
                setStatus(numberOr0(found));
            }
        }
    }

    /** Google's code is the status; what it means is the reason of a detail. */
    private void readReason(JsonCursor cursor) {
        if (code == null || numberOr0(code) > 0) {
            code = word(cursor, code);
        }
    }

    private void readStatus(JsonCursor cursor) {
        if (cursor.kind() == '0') {
            setStatus(cursor.count());
        } else {
            String found = word(cursor, null);
            if (found != null && type == null && !found.equals("failed")) {
                type = found;
            }
        }
    }

    private void setStatus(long number) {
        if (number >= 400 && number <= 599) {
            status = (int) number;
        }
    }

    private static long numberOr0(String text) {
        if (text.length() != 3 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return 0;
        }
        return Long.parseLong(text);
    }

    private void setMessage(String found) {
        if (message == null && !found.isBlank()) {
            String text = found.strip();
            message = text.substring(0, Math.min(text.length(), ErrorBody.MAX_MESSAGE));
        }
    }

    private static @Nullable String word(JsonCursor cursor, @Nullable String otherwise) {
        if (!cursor.nonEmptyString()) {
            return otherwise;
        }
        String found = cursor.string();
        return found.substring(0, Math.min(found.length(), MAX_WORD));
    }
}
