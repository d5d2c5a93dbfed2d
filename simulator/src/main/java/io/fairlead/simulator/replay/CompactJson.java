package io.fairlead.simulator.replay;

import java.io.ByteArrayOutputStream;

/**
 * Cuts one JSON value out of a document without its insignificant white space. Numbers and escapes
 * stay as they are spelt, which reading and writing them again would not promise. Stateless.
 */
final class CompactJson {
    private CompactJson() {}

    /** The value that starts at {@code start} in a valid document. */
    static byte[] valueAt(byte[] document, int start) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int depth = 0;
        boolean inString = false;
        for (int i = start; i < document.length; i++) {
            byte b = document[i];
            if (inString) {
                out.write(b);
                if (b == '\\') {
                    out.write(document[++i]);
                } else if (b == '"') {
                    inString = false;
                    if (depth == 0) {
                        break;
                    }
                }
                continue;
            }
            if (b == '"') {
                inString = true;
            } else if (b == '{' || b == '[') {
                depth++;
            } else if (b == '}' || b == ']') {
                depth--;
                if (depth < 0) {
                    break; // a bare value ends where its parent does
                }
            } else if (b == ',' && depth == 0) {
                break;
            } else if (b == ' ' || b == '\n' || b == '\r' || b == '\t') {
                if (depth == 0) {
                    break;
                }
                continue;
            }
            out.write(b);
            if (depth == 0 && (b == '}' || b == ']')) {
                break;
            }
        }
        return out.toByteArray();
    }
}
