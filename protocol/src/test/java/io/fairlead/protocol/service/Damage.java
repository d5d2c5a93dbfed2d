package io.fairlead.protocol.service;

import static org.assertj.core.api.Assertions.fail;

import io.fairlead.protocol.adapt.Unsupported;
import io.fairlead.protocol.codec.Unreadable;

import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;

/** Damages JSON, and sees that readers throw nothing but what they may. Stateless. */
public final class Damage {
    private static final String[] WORDS = {
        "null",
        "true",
        "1",
        "-1",
        "1e999",
        "\"\"",
        "\"x\"",
        "[]",
        "{}",
        "[null]",
        "[[1]]",
        "{\"a\":{}}",
        "9223372036854775807",
        "\"AACAPw==\"",
        "\"STOP\"",
        "[{}]",
        "{\"text\":1}",
        "\"\\ud800\""
    };

    private Damage() {}

    /** A value in place of another, or a byte. */
    public static byte[] of(byte[] original, RandomGenerator random) {
        if (random.nextInt(5) == 0) {
            byte[] bytes = original.clone();
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            return bytes;
        }
        String text = new String(original, StandardCharsets.UTF_8);
        int places = 1 + random.nextInt(2);
        for (int i = 0; i < places; i++) {
            int from =
                    text.indexOf(random.nextBoolean() ? ':' : '[', random.nextInt(text.length()));
            int end = from < 0 ? -1 : endOfValue(text, from + 1);
            if (end > 0) {
                String word = WORDS[random.nextInt(WORDS.length)];
                text = text.substring(0, from + 1) + word + text.substring(end);
            }
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static int endOfValue(String text, int from) {
        int depth = 0;
        boolean string = false;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (string) {
                i += c == '\\' ? 1 : 0;
                string = c != '"';
            } else if (c == '"') {
                string = true;
            } else if (c == '{' || c == '[') {
                depth++;
            } else if (c == '}' || c == ']' || c == ',') {
                if (depth == 0) {
                    return i;
                }
                depth -= c == ',' ? 0 : 1;
            }
        }
        return -1;
    }

    /** Whether it went well; anything but the exceptions that are declared is a failure. */
    public static boolean survived(String seed, byte[] bytes, Runnable attempt) {
        try {
            attempt.run();
            return true;
        } catch (Unreadable | Unsupported expected) {
            return false;
        } catch (RuntimeException | StackOverflowError e) {
            return fail(seed + ": " + new String(bytes, StandardCharsets.UTF_8), e);
        }
    }
}
