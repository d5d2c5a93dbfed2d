package io.fairlead.protocol.openai;

import static io.fairlead.protocol.json.JsonText.utf8;

import io.fairlead.kernel.Endpoint;
import io.fairlead.protocol.json.JsonCursor;
import io.fairlead.protocol.json.JsonEdit;
import io.fairlead.protocol.json.JsonMembers;
import io.fairlead.protocol.json.JsonText;
import io.fairlead.protocol.json.MalformedJson;
import io.fairlead.protocol.json.MemberEdit;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/**
 * Puts right what violates OpenAI's schema in answers of providers that imitate it, and touches
 * nothing else. A value that had to give way and says something stays beside it as {@code
 * native_…}. One per answer; confined to one thread.
 */
final class Conformer {
    private static final int MAX_LEVELS = 8;
    private static final byte[] USAGE = utf8("usage");
    private static final byte[] NULL = utf8("null");

    private final Endpoint endpoint;
    private final Conformance conformance;
    private final JsonCursor cursor = new JsonCursor();
    private final JsonMembers[] members = new JsonMembers[MAX_LEVELS];
    private final @Nullable MemberEdit[] plans = new MemberEdit[MAX_LEVELS];
    private final ChoiceFix choice;

    private boolean dropUsage;
    private byte[] bytes = {};
    private JsonEdit edit = new JsonEdit();

    Conformer(Endpoint endpoint, Conformance conformance, boolean stream) {
        this.endpoint = endpoint;
        this.conformance = conformance;
        this.choice = new ChoiceFix(conformance, endpoint, stream);
        Arrays.setAll(members, i -> new JsonMembers());
    }

    /** A unary answer, put right; the same array when nothing was wrong. */
    byte[] answer(byte[] body) {
        Shape shape = Shapes.answer(endpoint);
        JsonEdit changes = new JsonEdit(body, 0, body.length);
        if (shape == null || !walk(shape, body, 0, body.length, changes)) {
            return body;
        }
        return changes.apply();
    }

    /**
     * Writes into {@code changes} what the data of an event needs.
     *
     * @param withoutUsage leaves out the {@code usage} member
     */
    void event(
            byte[] data, int from, int to, boolean error, JsonEdit changes, boolean withoutUsage) {
        dropUsage = withoutUsage;
        if (error && endpoint != Endpoint.RESPONSES) {
            byte[] found = Arrays.copyOfRange(data, from, to);
            byte[] right = ErrorConformer.conform(found, 500);
            if (!Arrays.equals(right, found)) {
                changes.replace(from, to, right);
            }
            return;
        }
        Shape shape = Shapes.event(endpoint);
        if (shape != null) {
            walk(shape, data, from, to, changes);
        }
    }

    /** False: the bytes are no object that could be put right. */
    boolean walk(Shape shape, byte[] data, int from, int to, JsonEdit changes) {
        bytes = data;
        edit = changes;
        try {
            cursor.reset(data, from, to);
            if (cursor.kind() != '{') {
                return false;
            }
            object(shape, 0, 0);
            return true;
        } catch (MalformedJson unreadable) {
            return false;
        }
    }

    private void object(Shape shape, int level, int index) {
        JsonMembers found = members[level];
        found.begin(bytes, cursor.position());
        plans[level] = null;
        if (shape.place() == Shape.Place.CHOICE) {
            choice.begin(index);
        } else if (shape.place() == Shape.Place.MESSAGE) {
            choice.beginMessage();
        }
        long seen = 0;
        boolean asks = shape.ofAnyType();
        cursor.enterObject();
        while (cursor.nextMember()) {
            int keyFrom = cursor.keyFrom();
            int keyTo = cursor.keyTo();
            int valueFrom = cursor.valueFrom();
            int rule = shape.indexOf(cursor);
            if (dropUsage && level == 0 && cursor.keyIs(USAGE)) {
                drop(level);
                rule = -1;
            }
            asks |= shape.isType(cursor);
            if (rule < 0) {
                cursor.skipValue();
            } else {
                seen |= 1L << rule;
                member(shape.rule(rule), level, index);
            }
            found.add(keyFrom, keyTo, valueFrom, cursor.position());
        }
        for (int i = 0; asks && i < shape.size(); i++) {
            if ((seen & (1L << i)) == 0) {
                missing(shape.rule(i), level, index);
            }
        }
        if (shape.place() == Shape.Place.CHOICE) {
            choice.end(this, level);
        } else if (shape.place() == Shape.Place.MESSAGE) {
            choice.endMessage(this, level);
        }
        MemberEdit plan = plans[level];
        if (plan != null) {
            plan.writeTo(edit);
        }
    }

    private void member(Rule rule, int level, int index) {
        char kind = cursor.kind();
        int from = cursor.position();
        if (choice.take(rule.fix(), kind, cursor, bytes, edit)) {
            return;
        }
        if (!rule.allows(kind)) {
            cursor.skipValue();
            wrongKind(rule, kind, from, level, index);
            return;
        }
        switch (kind) {
            case '{' -> {
                Shape shape = rule.shape();
                if (rule.fix() == Rule.Fix.USAGE) {
                    usage(level);
                } else if (rule.fix() == Rule.Fix.PSEUDO) {
                    pseudo(level);
                } else if (shape != null && level + 1 < MAX_LEVELS) {
                    object(shape, level + 1, 0);
                } else {
                    cursor.skipValue();
                }
            }
            case '[' -> array(rule.shape(), level);
            case '"' -> string(rule, from, level);
            case '0' -> number(rule, from);
            default -> cursor.skipValue();
        }
    }

    private void array(@Nullable Shape shape, int level) {
        if (shape == null || level + 1 >= MAX_LEVELS) {
            cursor.skipValue();
            return;
        }
        int index = 0;
        cursor.enterArray();
        while (cursor.nextElement()) {
            if (cursor.kind() == '{') {
                object(shape, level + 1, index);
            }
            index++;
        }
    }

    private void string(Rule rule, int from, int level) {
        boolean allowed = rule.words().length == 0;
        for (byte[] word : rule.words()) {
            allowed |= cursor.stringIs(word);
        }
        boolean empty = !cursor.nonEmptyString();
        cursor.skipValue();
        if (allowed) {
            return;
        }
        byte[] fallback = rule.fallback();
        if (fallback == null && empty) {
            drop(level);
            return;
        }
        if (!empty && rule.fix() != Rule.Fix.CONSTANT) {
            keepNative(rule, from, level);
        }
        edit.replace(from, cursor.position(), fallback == null ? quotedWord(rule) : fallback);
    }

    private static byte[] quotedWord(Rule rule) {
        // Of the words allowed, "default" is the one that claims nothing.
        for (byte[] word : rule.words()) {
            if (Arrays.equals(word, utf8("default"))) {
                return utf8("\"default\"");
            }
        }
        return JsonText.join(utf8("\""), rule.words()[0], utf8("\""));
    }

    /** Some send whole numbers as 1.0 or with an exponent. */
    private void number(Rule rule, int from) {
        cursor.skipValue();
        if (rule.kinds().indexOf('i') < 0) {
            return;
        }
        for (int i = from; i < cursor.position(); i++) {
            if (bytes[i] == '.' || (bytes[i] | 0x20) == 'e') {
                JsonCursor whole = new JsonCursor(bytes, from, cursor.position());
                edit.replace(from, cursor.position(), utf8(Long.toString(whole.count())));
                return;
            }
        }
    }

    private void wrongKind(Rule rule, char kind, int from, int level, int index) {
        int to = cursor.position();
        if (kind == '0' && rule.allows('"')) {
            edit.insert(from, utf8("\""));
            edit.insert(to, utf8("\""));
            return;
        }
        byte[] fallback = fallback(rule, index);
        boolean nothing = kind == 'n' || (kind == '"' && to - from == 2);
        if (!nothing) {
            keepNative(rule, from, level);
        }
        if (fallback != null) {
            edit.replace(from, to, fallback);
        } else {
            drop(level);
        }
    }

    private void missing(Rule rule, int level, int index) {
        byte[] fallback = fallback(rule, index);
        if (fallback != null && rule.fix() != Rule.Fix.FINISH_REASON) {
            append(level, rule.name(), fallback);
        }
    }

    private byte @Nullable [] fallback(Rule rule, int index) {
        return switch (rule.fix()) {
            case CREATED -> utf8(Long.toString(conformance.createdSeconds()));
            case MODEL -> JsonText.quoted(conformance.fallbackModel());
            case INDEX ->
                    rule.allows('"')
                            ? JsonText.quoted("call_" + conformance.createdSeconds() + "_" + index)
                            : utf8(Integer.toString(index));
            default -> rule.fallback();
        };
    }

    /** Usage of images without counts, only with a cost: no usage to an OpenAI client. */
    private void usage(int level) {
        int from = cursor.position();
        JsonMembers counts = new JsonMembers();
        counts.scan(cursor, bytes);
        if (counts.find(utf8("input_tokens")) < 0) {
            append(level, utf8("native_usage"), Arrays.copyOfRange(bytes, from, cursor.position()));
            drop(level);
        }
    }

    /** Snowflake sends objects whose members are all empty where nothing is meant. */
    private void pseudo(int level) {
        JsonMembers inner = new JsonMembers();
        inner.scan(cursor, bytes);
        for (int i = 0; i < inner.size(); i++) {
            int length = inner.valueTo(i) - inner.valueFrom(i);
            byte kind = inner.kind(i);
            boolean nothing = kind == 'n' || (kind == '"' && length == 2) || kind == '0';
            // Arguments come alone in the later chunks of a call.
            if (!nothing) {
                return;
            }
        }
        drop(level);
    }

    private void keepNative(Rule rule, int from, int level) {
        append(
                level,
                JsonText.join(utf8("native_"), rule.name()),
                Arrays.copyOfRange(bytes, from, cursor.position()));
    }

    /** Leaves out the member that is being read: it is added to the table right after. */
    private void drop(int level) {
        plan(level).drop(members[level].size());
    }

    void append(int level, byte[] name, byte[] value) {
        plan(level).append(name, value);
    }

    void replace(int from, int to, byte[] text) {
        edit.replace(from, to, text);
    }

    /** Whether the object at this level has a member of this name. */
    boolean has(int level, byte[] name) {
        return members[level].find(name) >= 0;
    }

    /** Whether there is such a member, and it is a text. */
    boolean hasText(int level, byte[] name) {
        int member = members[level].find(name);
        return member >= 0 && members[level].kind(member) == '"';
    }

    /** The source's bytes of a span. */
    byte[] copy(int from, int to) {
        return from == to ? NULL : Arrays.copyOfRange(bytes, from, to);
    }

    private MemberEdit plan(int level) {
        MemberEdit plan = plans[level];
        if (plan == null) {
            plan = new MemberEdit(members[level]);
            plans[level] = plan;
        }
        return plan;
    }
}
