package io.fairlead.simulator.openai;

import io.fairlead.simulator.SimRequest;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The parts of a multipart form: fields by their text, files by their size. Immutable. */
record FormData(Map<String, String> fields, Map<String, Integer> fileSizes) {

    static FormData of(SimRequest request) {
        Map<String, String> fields = new LinkedHashMap<>();
        Map<String, Integer> files = new LinkedHashMap<>();
        String type = request.header("content-type").orElse("");
        int boundary = type.indexOf("boundary=");
        if (boundary >= 0) {
            String name = type.substring(boundary + 9).split(";", 2)[0].replace("\"", "").strip();
            // one char a byte, so that files survive and positions fit
            String body = new String(request.body(), StandardCharsets.ISO_8859_1);
            String delimiter = "--" + name;
            int at = body.indexOf(delimiter);
            while (at >= 0) {
                int start = at + delimiter.length();
                int end = body.indexOf("\r\n" + delimiter, start);
                int content = body.indexOf("\r\n\r\n", start);
                if (end < 0 || content < 0 || content > end) {
                    break;
                }
                part(
                        body.substring(start, content),
                        body.substring(Math.min(end, content + 4), end),
                        fields,
                        files);
                at = end + 2;
            }
        }
        return new FormData(fields, files);
    }

    Optional<String> field(String name) {
        return Optional.ofNullable(fields.get(name));
    }

    private static void part(
            String head, String content, Map<String, String> fields, Map<String, Integer> files) {
        int name = head.indexOf(" name=\"");
        if (name < 0) {
            return;
        }
        int end = head.indexOf('"', name + 7);
        String key = head.substring(name + 7, Math.max(name + 7, end));
        if (head.contains("filename=")) {
            files.put(key, content.length());
        } else {
            fields.put(
                    key,
                    new String(
                            content.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
        }
    }
}
