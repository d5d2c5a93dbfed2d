package io.fairlead.gateway.pipeline;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The beginning of a body that is to be stored with the record; with a bound of 0 it keeps nothing
 * and costs nothing. Confined to its exchange.
 */
final class KeptBody {
    private final int most;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(0);

    /**
     * @param most bytes to keep at most; 0: none
     */
    KeptBody(int most) {
        this.most = most;
    }

    void add(byte[] piece) {
        int room = Math.min(piece.length, most - bytes.size());
        if (room > 0) {
            bytes.write(piece, 0, room);
        }
    }

    /** What was kept; bytes that are no UTF-8 become replacement characters. */
    Optional<String> text() {
        return bytes.size() == 0
                ? Optional.empty()
                : Optional.of(bytes.toString(StandardCharsets.UTF_8));
    }
}
