package io.fairlead.protocol.model;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * How likely a token was. Immutable.
 *
 * @param logProb natural logarithm of its probability
 * @param bytes of its UTF-8, as a JSON array, where the provider gives them
 * @param top the likeliest alternatives, with empty tops of their own
 */
public record TokenLogProb(
        String token,
        BigDecimal logProb,
        Optional<io.fairlead.protocol.json.Json> bytes,
        List<TokenLogProb> top,
        Beside beside) {
    public TokenLogProb {
        top = List.copyOf(top);
    }
}
