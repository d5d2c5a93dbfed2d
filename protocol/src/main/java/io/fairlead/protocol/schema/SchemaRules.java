package io.fairlead.protocol.schema;

import java.util.Set;

/**
 * What a dialect takes. Type, properties, required, items, enum and anyOf are in all of them.
 * Immutable.
 *
 * @param keywords taken besides
 * @param formats of strings and numbers that are taken; all are, if that word is among the keywords
 * @param nulls how it is said that a value may be null
 * @param objects what is said of members
 * @param enums which values can be listed
 * @param references whether {@code $defs} and {@code $ref} are taken; else all is spelled out
 * @param mostMinItems the largest {@code minItems} taken
 */
record SchemaRules(
        Set<String> keywords,
        Set<String> formats,
        Nulls nulls,
        Objects objects,
        Enums enums,
        boolean references,
        int mostMinItems) {

    /** How it is said that a value may be null. */
    enum Nulls {
        /** {@code nullable: true}. */
        KEYWORD,
        /** {@code type: [string, null]}. */
        TYPE_LIST,
        /** One more schema in {@code anyOf}. */
        ANY_OF
    }

    /** What is said of members. */
    enum Objects {
        /** Those that are named, and {@code additionalProperties}. */
        ANY,
        /** Those that are named; there is no word for others. */
        NAMED_ONLY,
        /** {@code additionalProperties: false} must stand everywhere. */
        CLOSED,
        /** Besides, every member must be required. */
        CLOSED_AND_FULL
    }

    /** Which values can be listed. */
    enum Enums {
        ANY,
        TEXTS
    }

    boolean formatTaken(String format) {
        return keywords.contains("format") || formats.contains(format);
    }

    /** Google's enum of types is in capitals. */
    String typeName(String type) {
        return nulls == Nulls.KEYWORD ? type.toUpperCase(java.util.Locale.ROOT) : type;
    }
}
