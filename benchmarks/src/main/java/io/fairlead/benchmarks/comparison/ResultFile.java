package io.fairlead.benchmarks.comparison;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A run: what was measured where, and its windows; on disk a CSV file with leading {@code # name:
 * value} lines. Used by one thread.
 */
record ResultFile(Map<String, String> about, List<Window> windows) {

    static ResultFile empty() {
        return new ResultFile(new LinkedHashMap<>(), new ArrayList<>());
    }

    static ResultFile read(Path file) throws IOException {
        ResultFile result = empty();
        for (String line : Files.readAllLines(file)) {
            if (line.startsWith("# ")) {
                String[] pair = line.substring(2).split(": ", 2);
                result.about.put(pair[0], pair[1]);
            } else if (!line.equals(Window.HEADER)) {
                result.windows.add(Window.ofCsv(line));
            }
        }
        return result;
    }

    void write(Path file) throws IOException {
        List<String> lines = new ArrayList<>();
        about.forEach((name, value) -> lines.add("# " + name + ": " + value));
        lines.add(Window.HEADER);
        windows.forEach(window -> lines.add(window.toCsv()));
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.write(file, lines);
    }
}
