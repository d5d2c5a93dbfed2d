package io.fairlead.gateway.edge;

import io.fairlead.kernel.Endpoint;
import io.fairlead.protocol.error.ErrorShapes.Shape;

/** Where a path leads. Immutable. */
sealed interface Route {
    /** The shape of errors on this path. */
    default Shape shape() {
        return Shape.OPENAI;
    }

    /** Methods it takes, as in the {@code allow} header; empty: any. */
    default String methods() {
        return "GET, HEAD";
    }

    /** Whether {@code method} may be used. */
    default boolean allows(String method) {
        String allowed = methods();
        return allowed.isEmpty() || (", " + allowed + ",").contains(", " + method + ",");
    }

    /** An operation of the data plane. {@code remainder}: what follows its own path, raw. */
    record Data(Endpoint endpoint, String remainder, String methods) implements Route {
        @Override
        public Shape shape() {
            return Shape.of(endpoint);
        }
    }

    /** The list of models, or one of them; {@code id} is decoded, empty for the list. */
    record Models(String id, Shape shape) implements Route {}

    /** The process runs. */
    record Live() implements Route {}

    /** It takes requests. */
    record Ready() implements Route {}

    record Metrics() implements Route {}

    /** The admin API; it knows its own paths and methods. */
    record Admin() implements Route {
        @Override
        public String methods() {
            return "";
        }
    }

    /** {@code /}: what this is. */
    record Root() implements Route {}

    /** Nothing; {@code message} says what there is instead. */
    record Unknown(Shape shape, String message) implements Route {
        @Override
        public String methods() {
            return "";
        }
    }
}
