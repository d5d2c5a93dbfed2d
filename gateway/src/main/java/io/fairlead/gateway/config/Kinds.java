package io.fairlead.gateway.config;

import io.fairlead.kernel.Protocol;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The kinds of plain values that the file is made of. Immutable. */
final class Kinds {
    private static final int MAX_NAME = 200;

    static final ScalarKind<String> TEXT =
            text("text", "text", Map.of("type", "string"), Optional::of);

    /** A name of the operator's own. */
    static final ScalarKind<String> NAME =
            text(
                    "name",
                    "a name of up to " + MAX_NAME + " characters without spaces",
                    pattern("^[^\\s]{1," + MAX_NAME + "}$"),
                    text -> isName(text) ? Optional.of(text) : Optional.empty());

    /** A provider's id: it is a path segment and the part of a model before the slash. */
    static final ScalarKind<String> PROVIDER_ID =
            text(
                    "provider id",
                    "letters, digits, '-', '_' and '.'",
                    pattern("^[A-Za-z0-9_.-]{1,100}$"),
                    text ->
                            text.matches("[A-Za-z0-9_.-]{1,100}")
                                    ? Optional.of(text)
                                    : Optional.empty());

    static final ScalarKind<Boolean> BOOLEAN =
            new ScalarKind<>(
                    "on or off",
                    "on or off",
                    Map.of("enum", List.of(true, false, "on", "off")),
                    text ->
                            switch (text) {
                                case "true", "on" -> Optional.of(true);
                                case "false", "off" -> Optional.of(false);
                                default -> Optional.empty();
                            },
                    value -> value,
                    false);

    static final ScalarKind<Duration> DURATION = duration(Duration.ZERO);

    static final ScalarKind<Duration> POSITIVE_DURATION = duration(Duration.ofMillis(1));

    static final ScalarKind<DataSize> SIZE =
            text(
                            "size",
                            "a size such as 512KB, 10MB or 1GB",
                            pattern("^[0-9]{1,9}(B|KB|MB|GB)$"),
                            Units::size)
                    .showing(DataSize::toString);

    /** An amount of money or a rate: not negative, exact. */
    static final ScalarKind<BigDecimal> DECIMAL =
            new ScalarKind<>(
                    "number",
                    "a number such as 0.25, not negative",
                    Map.of("type", "number", "minimum", 0),
                    text ->
                            text.matches("[0-9]{1,12}(\\.[0-9]{1,18})?")
                                    ? Optional.of(new BigDecimal(text))
                                    : Optional.empty(),
                    value -> value,
                    false);

    static final ScalarKind<BigDecimal> PERCENT =
            new ScalarKind<>(
                    "percent",
                    "a number from 0 to 100",
                    Map.of("type", "number", "minimum", 0, "maximum", 100),
                    text ->
                            DECIMAL.parse()
                                    .apply(text)
                                    .filter(value -> value.compareTo(new BigDecimal(100)) <= 0),
                    value -> value,
                    false);

    static final ScalarKind<Instant> INSTANT =
            text(
                            "instant",
                            "an instant such as 2027-01-31T12:00:00Z, or a date, which is its first"
                                    + " moment in UTC",
                            pattern("^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9:.]+(Z|[+-][0-9:]+))?$"),
                            Units::instant)
                    .showing(Instant::toString);

    /** An HTTP address without credentials, which would end up in logs. */
    static final ScalarKind<URI> HTTP_URL =
            new ScalarKind<>(
                    "URL",
                    "an http or https URL without user, query and fragment",
                    pattern("^https?://[^/@?#]+(/[^?#]*)?$"),
                    Units::httpUrl,
                    URI::toString,
                    true);

    static final ScalarKind<Protocol> PROTOCOL =
            choice(
                    "protocol",
                    Arrays.stream(Protocol.values())
                            .collect(
                                    Collectors.toMap(
                                            Protocol::wireName,
                                            protocol -> protocol,
                                            (first, _) -> first,
                                            LinkedHashMap::new)));

    private Kinds() {}

    static ScalarKind<Integer> integer(int least, int most) {
        return new ScalarKind<>(
                "whole number",
                "a whole number from " + least + " to " + most,
                Map.of("type", "integer", "minimum", least, "maximum", most),
                text -> Units.whole(text, least, most).map(Long::intValue),
                value -> value,
                false);
    }

    static ScalarKind<Long> count() {
        return new ScalarKind<>(
                "whole number",
                "a whole number, 1 or more",
                Map.of("type", "integer", "minimum", 1),
                text -> Units.whole(text, 1, 1_000_000_000_000L),
                value -> value,
                false);
    }

    /** One of a few words. */
    static <T> ScalarKind<T> choice(String label, Map<String, T> values) {
        List<String> words = List.copyOf(values.keySet());
        String or = words.size() == 1 ? words.getFirst() : orList(words);
        return new ScalarKind<>(
                label,
                or,
                Map.of("enum", words),
                text -> Optional.ofNullable(values.get(text)),
                value ->
                        words.stream()
                                .filter(word -> value.equals(values.get(word)))
                                .findFirst()
                                .orElseThrow(),
                false);
    }

    private static String orList(List<String> words) {
        return String.join(", ", words.subList(0, words.size() - 1)) + " or " + words.getLast();
    }

    private static ScalarKind<Duration> duration(Duration least) {
        return text(
                        "duration",
                        "a duration such as 250ms, 30s, 10m, 12h or 30d"
                                + (least.isZero() ? "" : ", more than 0"),
                        pattern("^[0-9]{1,9}(ms|s|m|h|d)$"),
                        text -> Units.duration(text).filter(value -> value.compareTo(least) >= 0))
                .showing(Units::show);
    }

    private static <T> ScalarKind<T> text(
            String label,
            String expected,
            Map<String, Object> schema,
            Function<String, Optional<T>> parse) {
        return new ScalarKind<>(label, expected, schema, parse, value -> value, false);
    }

    private static Map<String, Object> pattern(String pattern) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "string");
        schema.put("pattern", pattern);
        return schema;
    }

    private static boolean isName(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isWhitespace(c) || Character.isISOControl(c)) {
                return false;
            }
        }
        return !text.isEmpty() && text.length() <= MAX_NAME;
    }

    /** Whether there is a character in {@code text} that is none to be seen. */
    static boolean hasControl(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }
}
