package io.fairlead.protocol.codec;

import io.fairlead.kernel.Protocol;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.Json.Kind;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.json.JsonString;
import io.fairlead.protocol.json.MalformedJson;
import io.fairlead.protocol.model.Beside;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The fields of one JSON object, being read. It remembers what was taken, so that {@link #rest}
 * holds exactly what nobody understood, and where it stands, so that an error names the field. A
 * field that is null counts as absent and stays in the rest; so does one of a wrong type when
 * reading is lenient (answers of providers), while a strict reading (requests of clients) refuses
 * it. Confined to one thread.
 */
public final class Fields {
    private final Json object;
    private final boolean strict;
    private final @Nullable Fields parent;
    private final String step;
    private final List<String> taken = new ArrayList<>(8);
    private Map<String, Fields> children = Map.of();
    private Set<String> forms = Set.of();
    private boolean over;

    private Fields(Json object, boolean strict, @Nullable Fields parent, String step) {
        this.object = object;
        this.strict = strict;
        this.parent = parent;
        this.step = step;
    }

    /** Reads what a client sent: a known field of a wrong type is refused. */
    public static Fields ofRequest(Json body) {
        return of(body, true);
    }

    /** Reads what a provider sent: a known field of a wrong type is left in the rest. */
    public static Fields ofAnswer(Json body) {
        return of(body, false);
    }

    private static Fields of(Json body, boolean strict) {
        if (!body.isObject()) {
            throw new Unreadable("", wrong(body, "an object"));
        }
        return new Fields(body, strict, null, "");
    }

    /** The bytes as JSON, with the one exception of readers. */
    public static Json parse(byte[] bytes, int from, int to) {
        try {
            return Json.parse(bytes, from, to);
        } catch (MalformedJson malformed) {
            throw new Unreadable("", "no JSON: " + malformed.getMessage());
        }
    }

    public static Json parse(byte[] bytes) {
        return parse(bytes, 0, bytes.length);
    }

    /** The member, unless it is absent or null. Not taken by that: see {@link #take}. */
    public Optional<Json> peek(String name) {
        return object.get(name).filter(value -> !value.isNull());
    }

    /** Whether the member is there and not null. */
    public boolean has(String name) {
        return peek(name).isPresent();
    }

    /** Whether this is part of a rest that was asked for. */
    private boolean isOver() {
        return over || parent != null && parent.children.get(step) == this && parent.isOver();
    }

    /** Says that this member was understood in full. */
    public void take(String name) {
        assert !isOver() : name + " is taken too late";
        taken.add(name);
        if (!children.isEmpty()) {
            children.remove(name);
        }
    }

    /** The member as it is, whatever its type. */
    public Optional<Json> json(String name) {
        Optional<Json> value = peek(name);
        if (value.isPresent()) {
            take(name);
        }
        return value;
    }

    public Optional<String> text(String name) {
        return typed(name, Kind.STRING).map(Json::text);
    }

    /** As {@link #text}, for what is handed on. */
    public Optional<JsonString> string(String name) {
        return typed(name, Kind.STRING).map(Json::string);
    }

    public Optional<Boolean> flag(String name) {
        return typed(name, Kind.BOOLEAN).map(Json::truth);
    }

    public Optional<Long> count(String name) {
        return typed(name, Kind.NUMBER).map(Json::whole);
    }

    public Optional<BigDecimal> number(String name) {
        return typed(name, Kind.NUMBER).map(Json::number);
    }

    /**
     * The count if it is more than zero; a zero says nothing and stays in the rest, where a writer
     * of the same protocol finds it.
     */
    public long positive(String name) {
        Optional<Json> value = peek(name).filter(v -> v.kind() == Kind.NUMBER && v.whole() > 0);
        if (value.isEmpty()) {
            return 0;
        }
        take(name);
        return value.get().whole();
    }

    /** The strings of an array; empty if the member is absent. */
    public List<String> texts(String name) {
        Optional<Json> array = peek(name);
        if (array.isEmpty()) {
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        if (!array.get().isArray()) {
            mismatch(name, array.get(), "an array of strings");
            return List.of();
        }
        int i = 0;
        for (Json element : array.get().elements()) {
            if (!element.isString()) {
                mismatch(name + "[" + i + "]", element, "a string");
                return List.of();
            }
            texts.add(element.text());
            i++;
        }
        take(name);
        return texts;
    }

    /** The fields of an object; what of them is not taken stays in the rest of this one. */
    public Optional<Fields> object(String name) {
        Fields known = children.get(name);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<Json> value = peek(name).filter(v -> matches(name, v, Kind.OBJECT));
        if (value.isEmpty()) {
            return Optional.empty();
        }
        Fields child = new Fields(value.get(), strict, this, name);
        if (children.isEmpty()) {
            children = new HashMap<>();
        }
        children.put(name, child);
        return Optional.of(child);
    }

    /**
     * The fields of each object of an array, whose rests are the caller's to keep. Empty if the
     * member is absent, or (lenient) if it is anything but an array of objects.
     */
    public List<Fields> objects(String name) {
        Optional<Json> array = peek(name).filter(v -> matches(name, v, Kind.ARRAY));
        if (array.isEmpty()) {
            return List.of();
        }
        List<Fields> all = new ArrayList<>();
        int i = 0;
        for (Json element : array.get().elements()) {
            if (!element.isObject()) {
                mismatch(name + "[" + i + "]", element, "an object");
                return List.of();
            }
            all.add(new Fields(element, strict, this, name + "[" + i + "]"));
            i++;
        }
        take(name);
        return all;
    }

    public String needText(String name) {
        return text(name).orElseThrow(() -> missing(name, "a string"));
    }

    public JsonString needString(String name) {
        return string(name).orElseThrow(() -> missing(name, "a string"));
    }

    public Json needJson(String name) {
        return json(name).orElseThrow(() -> missing(name, "a value"));
    }

    public Fields needObject(String name) {
        return object(name).orElseThrow(() -> missing(name, "an object"));
    }

    private Optional<Json> typed(String name, Kind kind) {
        Optional<Json> value = peek(name).filter(v -> matches(name, v, kind));
        if (value.isPresent()) {
            take(name);
        }
        return value;
    }

    private boolean matches(String name, Json value, Kind kind) {
        if (value.kind() == kind) {
            return true;
        }
        mismatch(name, value, kind.words());
        return false;
    }

    private void mismatch(String name, Json value, String expected) {
        if (strict) {
            throw new Unreadable(pathOf(name), wrong(value, expected));
        }
    }

    private static String wrong(Json found, String expected) {
        return "is " + found.kind().words() + " (expected: " + expected + ")";
    }

    private Unreadable missing(String name, String expected) {
        return new Unreadable(pathOf(name), "is missing (expected: " + expected + ")");
    }

    /** For the caller to throw: this field is there, but not what it must be. */
    public Unreadable invalid(String name, String expected) {
        Optional<Json> found = object.get(name);
        return new Unreadable(
                pathOf(name),
                found.isEmpty()
                        ? "is missing (expected: " + expected + ")"
                        : found.get().isString() && found.get().text().length() <= 40
                                ? "is '" + found.get().text() + "' (expected: " + expected + ")"
                                : wrong(found.get(), expected));
    }

    /** Where a field of this object stands: {@code messages[2].content}. */
    public String pathOf(String name) {
        String own = path();
        return own.isEmpty() ? name : own + "." + name;
    }

    public String path() {
        return parent == null ? step : parent.pathOf(step);
    }

    /** Whether wrong types are refused. */
    public boolean strict() {
        return strict;
    }

    /** The object that is read. */
    public Json whole() {
        return object;
    }

    /** Keeps in mind which of several equal forms was chosen; {@link #rest} brings it. */
    public void form(String form) {
        if (forms.isEmpty()) {
            forms = Set.of(form); // as a rule it is the only one
        } else {
            if (forms.size() == 1) {
                forms = new HashSet<>(forms);
            }
            forms.add(form);
        }
    }

    /**
     * What was not taken, and the forms; nothing may be taken after. The members are gathered when
     * somebody asks for them, as only writers of the same protocol do.
     */
    public Beside rest(Protocol origin) {
        over = true;
        return Beside.later(origin, this::restMembers, forms);
    }

    private Map<String, Json> restMembers() {
        List<Json.Member> left = object.membersExcept(taken);
        if (left.isEmpty()) {
            return Map.of();
        }
        Map<String, Json> rest = new LinkedHashMap<>();
        for (Json.Member member : left) {
            Fields child = children.get(member.name());
            if (child == null) {
                rest.put(member.name(), member.value());
                continue;
            }
            Map<String, Json> restOfChild = child.restMembers();
            if (!restOfChild.isEmpty() || child.object.isEmpty()) {
                JsonObject partial = new JsonObject();
                partial.merge(restOfChild);
                rest.put(member.name(), partial.toJson());
            } else {
                rest.remove(member.name());
            }
        }
        return rest;
    }
}
