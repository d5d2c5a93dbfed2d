package io.fairlead.conformance;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Changes bytes as an attacker or a broken program would. Stateless. */
final class Mutations {
    private static final List<String> WORDS =
            List.of(
                    "\"",
                    "{",
                    "}",
                    "[",
                    "]",
                    ",",
                    ":",
                    "\\",
                    "\\u0000",
                    "\\ud800",
                    "null",
                    "true",
                    "-1",
                    "1e999",
                    "99999999999999999999999999",
                    "\r\n",
                    "\n\n",
                    "\r",
                    "data: ",
                    "event: error\n",
                    ": ",
                    "[DONE]",
                    "\"model\":1",
                    "\"stream\":\"yes\"",
                    "\"messages\":{}",
                    "\"error\":{}",
                    "\"usage\":{\"prompt_tokens\":-5}",
                    "\"choices\":null",
                    "--XX",
                    "--XX--",
                    "content-length: 5\r\n",
                    "transfer-encoding: chunked\r\n",
                    "expect: 100-continue\r\n",
                    "content-encoding: gzip\r\n",
                    "%2e%2e/",
                    "\u0000",
                    "\ufeff",
                    "é",
                    "{\"a\":".repeat(300),
                    "[".repeat(5_000),
                    "x".repeat(40_000));

    private Mutations() {}

    /** A copy with one to four changes. */
    static byte[] mutate(RandomGenerator random, byte[] bytes) {
        byte[] changed = bytes;
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            changed = once(random, changed);
        }
        return changed;
    }

    private static byte[] once(RandomGenerator random, byte[] bytes) {
        int at = random.nextInt(bytes.length + 1);
        int to = Math.min(bytes.length, at + random.nextInt(20));
        return switch (random.nextInt(5)) {
            case 0 -> {
                byte[] copy = bytes.clone();
                if (at < copy.length) {
                    copy[at] = (byte) random.nextInt(256);
                }
                yield copy;
            }
            case 1 -> splice(bytes, at, to, new byte[0]);
            case 2 -> splice(bytes, at, at, Arrays.copyOfRange(bytes, at, to));
            case 3 -> random.nextInt(4) == 0 ? Arrays.copyOf(bytes, at) : bytes;
            default -> {
                String word = WORDS.get(random.nextInt(WORDS.size()));
                yield splice(bytes, at, at, word.getBytes(StandardCharsets.UTF_8));
            }
        };
    }

    private static byte[] splice(byte[] bytes, int from, int to, byte[] with) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(bytes, 0, from);
        out.writeBytes(with);
        out.write(bytes, to, bytes.length - to);
        return out.toByteArray();
    }
}
