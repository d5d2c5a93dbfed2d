package io.fairlead.conformance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;

/**
 * What came out of every client, provider and case, as a page of tables. Immutable.
 *
 * @param results in the order of their cases
 */
record SdkMatrix(List<Result> results) {
    /**
     * What came out once.
     *
     * @param result {@code passed}; {@code lacks}, if the client can't ask for it; {@code refused},
     *     if the gateway said that the provider can't do it; or {@code failed}
     */
    record Result(
            String client,
            String provider,
            String name,
            boolean stream,
            String result,
            String reason) {
        boolean failed() {
            return result.equals("failed");
        }

        @Override
        public String toString() {
            return "%s at %s, %s%s: %s %s"
                    .formatted(client, provider, name, stream ? " streamed" : "", result, reason);
        }
    }

    SdkMatrix {
        results = List.copyOf(results);
    }

    /**
     * Results of clients whose errors tell a message and no code: one that failed with the words in
     * which another client was refused the same was refused too.
     */
    static List<Result> refusedAlike(List<Result> told, List<Result> others) {
        List<Result> all = new ArrayList<>();
        for (Result it : told) {
            Optional<String> refusal =
                    others.stream()
                            .filter(other -> it.failed() && other.result().equals("refused"))
                            .filter(other ->
                                    other.provider().equals(it.provider())
                                            && other.name().equals(it.name()))
                            .map(Result::reason)
                            .filter(it.reason()::contains)
                            .findFirst();
            all.add(
                    refusal.map(why ->
                                    new Result(
                                            it.client(),
                                            it.provider(),
                                            it.name(),
                                            it.stream(),
                                            "refused",
                                            why))
                            .orElse(it));
        }
        return all;
    }

    List<Result> failures() {
        return results.stream().filter(Result::failed).toList();
    }

    String page() {
        SequencedSet<String> clients = new LinkedHashSet<>();
        results.stream().map(Result::client).sorted().forEach(clients::add);
        SequencedSet<String> cases = new LinkedHashSet<>();
        results.forEach(it -> cases.add(it.name()));
        SequencedSet<String> providers = new LinkedHashSet<>();
        results.stream()
                .filter(it -> it.client().equals(clients.getFirst()))
                .forEach(it -> providers.add(it.provider()));
        SequencedMap<String, Integer> notes = new LinkedHashMap<>();
        StringBuilder tables = new StringBuilder();
        for (String client : clients) {
            tables.append("\n## ").append(client).append("\n\n| case |");
            providers.forEach(it -> tables.append(' ').append(it).append(" |"));
            tables.append("\n| --- |").append(" --- |".repeat(providers.size())).append('\n');
            for (String name : cases) {
                tables.append("| ").append(name).append(" |");
                for (String provider : providers) {
                    tables.append(' ').append(cell(client, provider, name, notes)).append(" |");
                }
                tables.append('\n');
            }
        }
        StringBuilder page = new StringBuilder(head());
        page.append(tables);
        if (!notes.isEmpty()) {
            page.append("\n## Notes\n\n");
            notes.forEach(
                    (text, number) -> page.append(number).append(". ").append(text).append('\n'));
        }
        return page.toString();
    }

    private String head() {
        return """
        # Official SDKs at providers of every protocol

        What official SDKs, unmodified, get from a gateway whose providers speak each protocol. \
        The test `SdkMatrixTest` makes this page from what it sees and fails if the page says \
        anything else. The providers are simulated and tell what reached them: whether the \
        system prompt, media, tools, results, schemas and the sealed reasoning of the turn \
        before arrived.

        `✓` passed, unary and streamed; `–` not applicable, for the reason of the note. Where a \
        cell has two marks, the first is unary and the second streamed.

        %d runs: %d passed, %d not applicable.
        """
                .formatted(results.size(), count("passed"), results.size() - count("passed"));
    }

    private long count(String result) {
        return results.stream().filter(it -> it.result().equals(result)).count();
    }

    private String cell(String client, String provider, String name, Map<String, Integer> notes) {
        List<String> marks = new ArrayList<>();
        for (Result it : results) {
            if (it.client().equals(client)
                    && it.provider().equals(provider)
                    && it.name().equals(name)) {
                marks.add(mark(it, notes));
            }
        }
        return switch (marks.size()) {
            case 0 -> "";
            default ->
                    marks.stream().distinct().count() == 1
                            ? marks.getFirst()
                            : String.join(" ", marks);
        };
    }

    private static String mark(Result result, Map<String, Integer> notes) {
        return switch (result.result()) {
            case "passed" -> "✓";
            case "failed" -> "FAILED";
            default -> "– (" + notes.computeIfAbsent(result.reason(), _ -> notes.size() + 1) + ")";
        };
    }
}
