package io.fairlead.protocol.adapt;

import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.json.MalformedJson;

/**
 * Takes the one member out of a JSON object that comes in pieces, and gives it in pieces: the text
 * of a string, or any value as JSON. An object that does not begin with that member is held back
 * and read at its end. Confined to one thread.
 */
final class MemberStream {
    private enum State {
        HEAD,
        INSIDE,
        BEHIND,
        HELD
    }

    private final String name;
    private final boolean text;
    private final String quotedName;
    private final StringBuilder head = new StringBuilder();
    private State state = State.HEAD;
    private int depth;
    private boolean inString;
    private boolean escaped;

    /** Digits of an escape by code that is not whole yet, and a first half of a pair. */
    private int code = -1;

    private int digits;
    private char firstHalf;

    /**
     * @param text whether the member is a string whose text is wanted
     */
    MemberStream(String name, boolean text) {
        this.name = name;
        this.text = text;
        this.quotedName = Json.of(name).toString();
    }

    /** The member of a whole object; the given text itself if it has none such. */
    static String of(String name, boolean text, String object) {
        MemberStream stream = new MemberStream(name, text);
        stream.state = State.HELD;
        stream.head.append(object);
        return stream.end();
    }

    static String wrapped(String name, String text) {
        return new JsonObject().put(name, text).toString();
    }

    /** The next piece of the member; empty if there is none yet. */
    String feed(String piece) {
        if (state == State.HELD) {
            head.append(piece);
            return "";
        }
        StringBuilder out = new StringBuilder(piece.length());
        for (int i = 0; i < piece.length(); i++) {
            char c = piece.charAt(i);
            switch (state) {
                case HEAD, HELD -> head(c);
                case INSIDE -> {
                    if (text) {
                        ofText(c, out);
                    } else {
                        ofValue(c, out);
                    }
                }
                case BEHIND -> {}
            }
        }
        return out.toString();
    }

    /** What was held back. */
    String end() {
        if (state == State.INSIDE || state == State.BEHIND) {
            return "";
        }
        String whole = head.toString();
        try {
            Json object = Json.parse(whole);
            Json member = object.get(name).orElse(null);
            if (member != null && object.isObject() && (member.isString() || !text)) {
                return text ? member.text() : member.toString();
            }
        } catch (MalformedJson broken) {
            // The model wrote something else: that is what it said.
        }
        return whole;
    }

    private void head(char c) {
        head.append(c);
        if (state == State.HELD || isSpace(c)) {
            return;
        }
        // Without white space: {"name":" or {"name": before anything of the value.
        int at = 0;
        String wanted = "{" + quotedName + ":" + (text ? "\"" : "");
        for (int i = 0; i < head.length(); i++) {
            char seen = head.charAt(i);
            if (isSpace(seen)) {
                continue;
            }
            if (seen != wanted.charAt(at)) {
                state = State.HELD;
                return;
            }
            at++;
        }
        if (at == wanted.length()) {
            state = State.INSIDE;
            head.setLength(0);
        }
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\n' || c == '\r' || c == '\t';
    }

    private void ofValue(char c, StringBuilder out) {
        if (inString) {
            inString = escaped || c != '"';
            escaped = !escaped && c == '\\';
        } else if (c == '"') {
            inString = true;
        } else if (c == '{' || c == '[') {
            depth++;
        } else if (c == '}' || c == ']' || c == ',') {
            if (depth == 0) {
                state = State.BEHIND;
                return;
            }
            if (c != ',') {
                depth--;
            }
        }
        out.append(c);
    }

    private void ofText(char c, StringBuilder out) {
        if (code >= 0) {
            code = code * 16 + Math.max(Character.digit(c, 16), 0);
            digits++;
            if (digits == 4) {
                emit((char) code, out);
                code = -1;
            }
        } else if (escaped) {
            escaped = false;
            if (c == 'u') {
                code = 0;
                digits = 0;
            } else {
                emit(unescaped(c), out);
            }
        } else if (c == '\\') {
            escaped = true;
        } else if (c == '"') {
            state = State.BEHIND;
        } else {
            emit(c, out);
        }
    }

    /** Pairs are not torn: a piece may end amid one. */
    private void emit(char c, StringBuilder out) {
        if (firstHalf != 0) {
            out.append(firstHalf);
            firstHalf = 0;
        }
        if (Character.isHighSurrogate(c)) {
            firstHalf = c;
        } else {
            out.append(c);
        }
    }

    private static char unescaped(char c) {
        return switch (c) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'b' -> '\b';
            case 'f' -> '\f';
            default -> c;
        };
    }
}
