package io.fairlead.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The differences between a recording and what the client gets that are meant, each with its
 * reason: {@code known-differences.tsv}. Keeps which of them occurred. Not thread-safe.
 */
final class KnownDifferences {

    /** Recordings and differences by pattern. */
    private record Known(Pattern recordings, Pattern difference, String line) {}

    private final List<Known> known = new ArrayList<>();
    private final Set<Known> met = new HashSet<>();

    /**
     * @param name of the file, beside this class
     */
    KnownDifferences(String name) {
        try (InputStream file =
                Objects.requireNonNull(KnownDifferences.class.getResourceAsStream(name))) {
            String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            text.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .forEach(line -> {
                        String[] columns = line.split("\t", -1);
                        known.add(
                                new Known(
                                        Pattern.compile(columns[0]),
                                        Pattern.compile(columns[1]),
                                        line));
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether this difference is meant. */
    boolean explain(String recording, String difference) {
        boolean found = false;
        for (Known candidate : known) {
            if (candidate.recordings().matcher(recording).lookingAt()
                    && candidate.difference().matcher(difference).find()) {
                met.add(candidate);
                found = true;
            }
        }
        return found;
    }

    int count() {
        return known.size();
    }

    /** Lines of the file that explain nothing any more. */
    List<String> stale() {
        return known.stream().filter(it -> !met.contains(it)).map(Known::line).toList();
    }
}
