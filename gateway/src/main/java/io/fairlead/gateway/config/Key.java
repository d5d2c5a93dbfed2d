package io.fairlead.gateway.config;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One key of a {@link Shape}. Immutable.
 *
 * @param <T> what is in the record: an {@code Optional} for a key that may be absent
 */
final class Key<T> {
    private final String name;
    private final Kind<T> kind;
    private final @Nullable T otherwise;
    private final @Nullable Object shownDefault;
    private final String doc;

    private Key(
            String name,
            Kind<T> kind,
            @Nullable T otherwise,
            @Nullable Object shownDefault,
            String doc) {
        this.name = name;
        this.kind = kind;
        this.otherwise = otherwise;
        this.shownDefault = shownDefault;
        this.doc = doc;
    }

    /** A key that must be there. */
    static <T> Key<T> required(String name, Kind<T> kind, String doc) {
        return new Key<>(name, kind, null, null, doc);
    }

    /** A key that may be absent. */
    static <T> Key<Optional<T>> optional(String name, Kind<T> kind, String doc) {
        return new Key<>(name, kind.as(Optional::of), Optional.empty(), null, doc);
    }

    /** A key with a default that the reference shows. */
    static <T> Key<T> of(String name, Kind<T> kind, T otherwise, String doc) {
        return new Key<>(name, kind, otherwise, kind.show(otherwise), doc);
    }

    /** A key that is something by itself when absent, which its documentation says. */
    static <T> Key<T> orElse(String name, Kind<T> kind, T otherwise, String doc) {
        return new Key<>(name, kind, otherwise, null, doc);
    }

    static <T> Key<List<T>> list(String name, Kind<T> item, String doc) {
        return new Key<>(name, new ListKind<>(item), List.of(), null, doc);
    }

    static <T> Key<Map<String, T>> map(String name, MapKind<T> kind, String doc) {
        return new Key<>(name, kind, Map.of(), null, doc);
    }

    String name() {
        return name;
    }

    Kind<T> kind() {
        return kind;
    }

    boolean required() {
        return otherwise == null;
    }

    Optional<T> otherwise() {
        return Optional.ofNullable(otherwise);
    }

    /** The default as the file would write it: text, number or boolean. */
    Optional<Object> shownDefault() {
        return Optional.ofNullable(shownDefault);
    }

    String doc() {
        return doc;
    }
}
