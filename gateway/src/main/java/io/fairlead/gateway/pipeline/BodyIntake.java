package io.fairlead.gateway.pipeline;

import io.fairlead.gateway.upstream.Buffers;
import io.fairlead.gateway.upstream.ContentCoding;
import io.fairlead.kernel.ErrorCode;
import io.fairlead.kernel.GatewayError;
import io.vertx.core.buffer.Buffer;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.Optional;

/**
 * Reads one request body into an array: bounded in size (after decoding), charged to the budget of
 * all bodies as it grows. Confined to its exchange.
 */
final class BodyIntake implements ClientRequest.BodySink {
    /** What becomes of a body. */
    interface Listener {
        /** Bytes came. */
        void bodyProgress();

        void bodyRead(byte[] body);

        void bodyRefused(GatewayError error);

        /** The client cut its own request. */
        void bodyCut();
    }

    private static final byte[] EMPTY = {};
    private static final int FIRST_BYTES = 16 * 1024;

    private final Listener listener;
    private final BodyBudget budget;
    private final long mostBytes;
    private final long declaredBytes;
    private @Nullable ContentCoding coding;
    private byte[] bytes = EMPTY;
    private int length;
    private long reserved;
    private long received;
    private boolean over;

    BodyIntake(Listener listener, BodyBudget budget, long mostBytes, long declaredBytes) {
        this.listener = listener;
        this.budget = budget;
        this.mostBytes = Math.min(mostBytes, Integer.MAX_VALUE - 16);
        this.declaredBytes = declaredBytes;
    }

    /**
     * Prepares for {@code contentEncoding}; says why the body can't be taken, if that is clear
     * before its first byte.
     */
    Optional<GatewayError> prepare(@Nullable String contentEncoding) {
        if (contentEncoding != null && !ContentCoding.isIdentity(contentEncoding)) {
            Optional<ContentCoding> known = ContentCoding.of(contentEncoding, this::append);
            if (known.isEmpty()) {
                return Optional.of(
                        GatewayError.of(
                                ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                                "content-encoding is not known (expected: gzip, deflate, br, zstd"
                                        + " or none)."));
            }
            coding = known.get();
        }
        return declaredBytes > mostBytes ? Optional.of(tooLarge()) : Optional.empty();
    }

    /** Bytes that came over the wire. */
    long received() {
        return received;
    }

    @Override
    public void data(Buffer piece) {
        if (over) {
            return;
        }
        received += piece.length();
        listener.bodyProgress();
        if (coding == null) {
            append(piece);
            return;
        }
        try {
            coding.decode(piece);
        } catch (RuntimeException e) {
            refuse(
                    GatewayError.of(
                            ErrorCode.INVALID_REQUEST, "body is not of its content-encoding."));
        }
    }

    private void append(Buffer piece) {
        if (over) {
            return;
        }
        int more = piece.length();
        if (length + (long) more > mostBytes) {
            refuse(tooLarge());
            return;
        }
        if (!budget.reserve(more)) {
            refuse(
                    GatewayError.of(
                                    ErrorCode.OVERLOADED,
                                    "The gateway holds as many request bodies as it may."
                                            + " Try again in a moment.")
                            .withRetryAfter(java.time.Duration.ofSeconds(1)));
            return;
        }
        reserved += more;
        byte[] source = Buffers.array(piece);
        int from = Buffers.offset(piece);
        if (length == 0 && more == declaredBytes && from == 0 && source.length == more) {
            bytes = source; // the whole body in one piece: no copy
        } else {
            room(length + more);
            System.arraycopy(source, from, bytes, length, more);
        }
        length += more;
    }

    private void room(int needed) {
        if (needed <= bytes.length) {
            return;
        }
        long doubled = Math.max(FIRST_BYTES, bytes.length * 2L);
        if (coding == null && declaredBytes > 0) {
            doubled = Math.min(doubled, declaredBytes);
        }
        bytes = Arrays.copyOf(bytes, (int) Math.min(Math.max(needed, doubled), mostBytes));
    }

    @Override
    public void end() {
        if (over) {
            return;
        }
        if (coding != null) {
            try {
                coding.finish();
            } catch (RuntimeException e) {
                refuse(
                        GatewayError.of(
                                ErrorCode.INVALID_REQUEST, "body is not of its content-encoding."));
                return;
            }
            if (over) {
                return;
            }
        }
        over = true;
        closeCoding();
        listener.bodyRead(length == bytes.length ? bytes : Arrays.copyOf(bytes, length));
    }

    @Override
    public void failed(Throwable cause) {
        if (!over) {
            over = true;
            closeCoding();
            listener.bodyCut();
        }
    }

    /** Gives back what the body took; called once, when the exchange is over. */
    void release() {
        over = true;
        closeCoding();
        budget.release(reserved);
        reserved = 0;
        bytes = EMPTY;
    }

    private void refuse(GatewayError error) {
        over = true;
        listener.bodyRefused(error);
    }

    private void closeCoding() {
        if (coding != null) {
            coding.close();
            coding = null;
        }
    }

    private GatewayError tooLarge() {
        return GatewayError.of(
                ErrorCode.REQUEST_TOO_LARGE,
                "body is larger than this gateway takes (" + mostBytes + " bytes).");
    }
}
