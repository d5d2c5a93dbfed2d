package io.fairlead.protocol.openai;

import static io.fairlead.protocol.json.JsonText.utf8;

import io.fairlead.protocol.json.JsonCursor;

import org.jspecify.annotations.Nullable;

/** What OpenAI's schema asks of one kind of object. Immutable. */
final class Shape {
    /** Where in an answer an object stands, if that matters. */
    enum Place {
        ANY,
        CHOICE,
        MESSAGE
    }

    private static final byte[] TYPE = utf8("type");

    private final Place place;
    private final byte @Nullable [] type;
    private final Rule[] rules;

    private Shape(Place place, byte @Nullable [] type, Rule[] rules) {
        this.place = place;
        this.type = type;
        this.rules = rules;
    }

    static Shape of(Rule... rules) {
        return new Shape(Place.ANY, null, rules);
    }

    static Shape of(Place place, Rule... rules) {
        return new Shape(place, null, rules);
    }

    /** A shape that asks for members only of objects of one {@code type}. */
    static Shape ofType(String type, Rule... rules) {
        return new Shape(Place.ANY, utf8(type), rules);
    }

    /** Whether the cursor's current member says that the object is of the shape's type. */
    boolean isType(JsonCursor cursor) {
        return type != null && cursor.keyIs(TYPE) && cursor.stringIs(type);
    }

    /** Whether members are asked for whatever the object's type. */
    boolean ofAnyType() {
        return type == null;
    }

    Place place() {
        return place;
    }

    int size() {
        return rules.length;
    }

    Rule rule(int index) {
        return rules[index];
    }

    /** Index of the rule for the cursor's current member; -1: there is none. */
    int indexOf(JsonCursor cursor) {
        for (int i = 0; i < rules.length; i++) {
            if (cursor.keyIs(rules[i].name())) {
                return i;
            }
        }
        return -1;
    }
}
