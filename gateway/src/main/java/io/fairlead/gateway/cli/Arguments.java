package io.fairlead.gateway.cli;

import io.fairlead.gateway.config.Nearest;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The options of one command, parsed: {@code --name value} or {@code --name=value}, each at most
 * once. Our own, since the library of choice alone takes longer than the whole start may take
 * (docs/decisions/0003). Immutable.
 */
final class Arguments {
    private final Map<String, String> values;

    private Arguments(Map<String, String> values) {
        this.values = values;
    }

    static Arguments parse(List<String> words, List<Option> options) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            int equals = word.indexOf('=');
            String name = equals < 0 ? word : word.substring(0, equals);
            if (options.stream().noneMatch(option -> option.name().equals(name))) {
                throw new UsageException(unknown(word, name, options));
            }
            String value;
            if (equals >= 0) {
                value = word.substring(equals + 1);
            } else if (i + 1 < words.size()) {
                value = words.get(++i);
            } else {
                throw new UsageException(name + " needs a value");
            }
            if (values.put(name, value) != null) {
                throw new UsageException(name + " is given twice");
            }
        }
        return new Arguments(values);
    }

    private static String unknown(String word, String name, List<Option> options) {
        if (!word.startsWith("-")) {
            return "unexpected \"" + word + "\"";
        }
        return "unknown option "
                + name
                + Nearest.of(name, options.stream().map(Option::name).toList())
                        .map(nearest -> "; did you mean " + nearest + "?")
                        .orElse("");
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** A port number, 0 to 65535. */
    Optional<Integer> port(String name) {
        return text(name)
                .map(value -> {
                    try {
                        int port = Integer.parseInt(value);
                        if (port >= 0 && port <= 65_535) {
                            return port;
                        }
                    } catch (NumberFormatException _) {
                        // falls through to the message below, which is the same for both
                    }
                    throw new UsageException(name + ": " + value + " (expected: 0-65535)");
                });
    }
}
