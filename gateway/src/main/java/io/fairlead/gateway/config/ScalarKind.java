package io.fairlead.gateway.config;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A value that is one piece of text in the file. Immutable.
 *
 * @param label what the reference page calls it
 * @param expected what problems say was expected
 * @param schema JSON Schema of the value without variables
 * @param parse the value of a text; empty: it is none
 * @param show how the file would write a value
 * @param sensitive whether the text must not be shown in problems
 */
record ScalarKind<T>(
        String label,
        String expected,
        Map<String, Object> schema,
        Function<String, Optional<T>> parse,
        Function<T, Object> show,
        boolean sensitive)
        implements Kind<T> {

    @Override
    public Optional<T> read(Node node, String path, Reading in) {
        if (node instanceof Node.Scalar scalar && !node.isNothing()) {
            if (!scalar.usable()) {
                return Optional.empty();
            }
            Optional<T> value = parse.apply(scalar.text());
            if (value.isEmpty()) {
                String found =
                        sensitive
                                ? "text of " + scalar.text().length() + " characters"
                                : scalar.describe();
                in.problem(node.at(), path, found, expected);
            }
            return value;
        }
        in.problem(node.at(), path, node.describe(), expected);
        return Optional.empty();
    }

    @Override
    public Map<String, Object> schema(SchemaDefinitions definitions) {
        return definitions.orSubstitution(schema);
    }

    @Override
    public Object show(T value) {
        return show.apply(value);
    }

    /** The same, with values written in another way. */
    ScalarKind<T> showing(Function<T, Object> newShow) {
        return new ScalarKind<>(label, expected, schema, parse, newShow, sensitive);
    }
}
