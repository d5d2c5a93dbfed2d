package io.fairlead.protocol.service.count;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;

import org.jspecify.annotations.Nullable;

import java.lang.ref.SoftReference;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/**
 * Cuts text into the tokens of OpenAI's models. A vocabulary takes tens of megabytes, so it is read
 * when first needed, and given up when memory is short. Thread-safe.
 */
final class Tokenizer {
    /** Of gpt-4o and all that came after it; for others an estimate. */
    static final Tokenizer O200K_BASE = new Tokenizer("o200k_base", EncodingType.O200K_BASE);

    /** Of gpt-4, gpt-3.5 and the embeddings. */
    static final Tokenizer CL100K_BASE = new Tokenizer("cl100k_base", EncodingType.CL100K_BASE);

    /** Longer texts are cut, so that one that is abandoned ends soon. */
    private static final int MOST_AT_ONCE = 16 * 1024;

    /** How far back a space is looked for where a text is cut. */
    private static final int MOST_BACK = 256;

    private static final List<String> OLDER =
            List.of("gpt-3.5", "gpt-35", "gpt-4-", "text-embedding-3", "text-embedding-ada");

    private final String wireName;
    private final EncodingType type;
    private SoftReference<@Nullable Encoding> vocabulary = new SoftReference<>(null);

    private Tokenizer(String wireName, EncodingType type) {
        this.wireName = wireName;
        this.type = type;
    }

    /** The one of a model, or that which comes nearest. */
    static Tokenizer of(String model) {
        String name = model.substring(model.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        boolean older = name.equals("gpt-4") || OLDER.stream().anyMatch(name::startsWith);
        return older ? CL100K_BASE : O200K_BASE;
    }

    /** As OpenAI calls it. */
    String wireName() {
        return wireName;
    }

    /**
     * How many tokens a text is. Words that mean something to the model's own format count as text.
     *
     * @param abandoned looked at now and then: nobody waits for it any more
     * @throws CancellationException if it was abandoned
     */
    long count(String text, BooleanSupplier abandoned) {
        long count = 0;
        Encoding encoding = vocabulary();
        for (int from = 0; from < text.length(); ) {
            if (abandoned.getAsBoolean()) {
                throw new CancellationException("nobody waits for this count");
            }
            int to = end(text, from);
            count += encoding.countTokensOrdinary(text.substring(from, to));
            from = to;
        }
        return count;
    }

    /** Where a piece ends: before a space, if there is one near, so that no word is cut. */
    private static int end(String text, int from) {
        int most = from + MOST_AT_ONCE;
        if (most >= text.length()) {
            return text.length();
        }
        for (int i = most; i > most - MOST_BACK; i--) {
            if (text.charAt(i) == ' ' && text.charAt(i - 1) != ' ') {
                return i;
            }
        }
        return Character.isLowSurrogate(text.charAt(most)) ? most - 1 : most;
    }

    private synchronized Encoding vocabulary() {
        Encoding known = vocabulary.get();
        if (known == null) {
            known = Encodings.newLazyEncodingRegistry().getEncoding(type);
            vocabulary = new SoftReference<>(known);
        }
        return known;
    }
}
