package io.fairlead.gateway.catalogue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/**
 * A file of the built-in catalogue: one line a row, columns between tabs, {@code #} begins a
 * comment line. Stateless.
 */
final class Table {
    private Table() {}

    /**
     * Reads every row, in order.
     *
     * @param columns how many columns a row has
     * @return whether there is such a file
     */
    static boolean read(String name, int columns, Consumer<List<String>> row) {
        try (InputStream in = Table.class.getResourceAsStream(name)) {
            if (in == null) {
                return false;
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            int from = 0;
            while (from < text.length()) {
                int end = text.indexOf('\n', from);
                int to = end < 0 ? text.length() : end;
                if (to > from && text.charAt(from) != '#') {
                    List<String> cells = Splits.at(text.substring(from, to), '\t');
                    if (cells.size() != columns) {
                        throw new IllegalStateException(
                                name + ": " + cells + " (expected: " + columns + " columns)");
                    }
                    row.accept(cells);
                }
                from = to + 1;
            }
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
