package io.fairlead.protocol.codec;

import io.fairlead.protocol.json.JsonObject;

import java.nio.charset.StandardCharsets;

/**
 * The headers of a message of an AWS event stream, as far as they say what it is. Headers of every
 * type are walked over; only strings are kept. Immutable.
 *
 * @param messageType {@code event}, {@code exception} or {@code error}; empty: not said
 */
record AwsEventStreamHeaders(
        String messageType,
        String eventType,
        String exceptionType,
        String errorCode,
        String errorMessage) {

    /**
     * @throws Unreadable if the bytes are no headers
     */
    static AwsEventStreamHeaders read(byte[] bytes, int from, int to) {
        String messageType = "";
        String eventType = "";
        String exceptionType = "";
        String errorCode = "";
        String errorMessage = "";
        int at = from;
        while (at < to) {
            int nameFrom = at + 1;
            int nameTo = nameFrom + (bytes[at] & 0xff);
            if (nameTo >= to) {
                throw AwsEventStreamScanner.broken("a header has no value");
            }
            int valueFrom = nameTo + 1;
            int sizeBytes = isSized(bytes[nameTo]) ? 2 : 0;
            int size = sizeBytes == 0 ? fixedSize(bytes[nameTo]) : size(bytes, valueFrom, to);
            int valueTo = valueFrom + sizeBytes + size;
            if (valueTo > to) {
                throw AwsEventStreamScanner.broken("a header is longer than all of them");
            }
            if (bytes[nameTo] == AwsEventStreamFraming.STRING) {
                String value = text(bytes, valueFrom + sizeBytes, valueTo);
                switch (text(bytes, nameFrom, nameTo)) {
                    case ":message-type" -> messageType = value;
                    case ":event-type" -> eventType = value;
                    case ":exception-type" -> exceptionType = value;
                    case ":error-code" -> errorCode = value;
                    case ":error-message" -> errorMessage = value;
                    default -> {
                        // Content types, and what a service adds.
                    }
                }
            }
            at = valueTo;
        }
        return new AwsEventStreamHeaders(
                messageType, eventType, exceptionType, errorCode, errorMessage);
    }

    private static boolean isSized(byte type) {
        return type == 6 || type == AwsEventStreamFraming.STRING;
    }

    /** Of true, false, byte, short, int, long, timestamp and UUID. */
    private static int fixedSize(byte type) {
        return switch (type) {
            case 0, 1 -> 0;
            case 2 -> 1;
            case 3 -> 2;
            case 4 -> 4;
            case 5, 8 -> 8;
            case 9 -> 16;
            default -> throw AwsEventStreamScanner.broken("a header is of an unknown type");
        };
    }

    private static int size(byte[] bytes, int at, int to) {
        if (at + 2 > to) {
            throw AwsEventStreamScanner.broken("a header has no length");
        }
        return (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
    }

    private static String text(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    Frame frame(byte[] payload) {
        return switch (messageType) {
            case "exception" -> new Frame(exception(exceptionType), payload);
            case "error" -> new Frame(exception(errorCode), errorPayload(payload));
            default -> new Frame(event(), payload);
        };
    }

    private String event() {
        if (eventType.endsWith(AwsEventStreamFraming.EXCEPTION)) {
            throw AwsEventStreamScanner.broken("an event has the name of an exception");
        }
        return eventType;
    }

    private static String exception(String name) {
        return name.endsWith(AwsEventStreamFraming.EXCEPTION)
                ? name
                : name + AwsEventStreamFraming.EXCEPTION;
    }

    private byte[] errorPayload(byte[] payload) {
        return payload.length > 0
                ? payload
                : new JsonObject().put("message", errorMessage).toBytes();
    }
}
