package io.fairlead.simulator.server;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Command-line arguments of the form {@code --name value}. Immutable. */
record Arguments(Map<String, String> values) {

    /** Throws with a text for the user if something else is there. */
    static Arguments parse(String[] args, List<String> known) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < args.length; i += 2) {
            String name = args[i].startsWith("--") ? args[i].substring(2) : "";
            if (!known.contains(name)) {
                throw new IllegalArgumentException(
                        args[i] + ": unknown (expected: --" + String.join(", --", known) + ")");
            } else if (i + 1 == args.length) {
                throw new IllegalArgumentException(args[i] + ": no value");
            }
            values.put(name, args[i + 1]);
        }
        return new Arguments(values);
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name));
    }

    int number(String name, int otherwise) {
        try {
            return text(name).map(Integer::parseInt).orElse(otherwise);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "--" + name + ": not a number: " + values.get(name), e);
        }
    }
}
