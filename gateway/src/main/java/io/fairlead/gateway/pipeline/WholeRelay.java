package io.fairlead.gateway.pipeline;

import io.fairlead.gateway.upstream.Buffers;
import io.fairlead.kernel.ProviderFault;
import io.fairlead.kernel.Usage;
import io.fairlead.protocol.openai.Answer;
import io.fairlead.protocol.openai.LargeAnswer;
import io.vertx.core.buffer.Buffer;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Relays an answer that is no stream. Up to a bound it is held to its end, so that a broken one can
 * be tried again, what violates the protocol can be put right, and its cost stands in a header. A
 * larger one, or one for which the budget of all bodies has no room, is let go and watched as it
 * passes, unless it has to be translated: that is held as long as there is room. Confined to its
 * exchange.
 */
final class WholeRelay implements AnswerRelay {
    private final Host host;
    private final AnswerReading reading;
    private final long announced;
    private final boolean streamExpected;
    private final ExchangeLimits limits;
    private final BodyBudget budget;
    private final List<Buffer> held = new ArrayList<>(2);
    private long length;
    private long reserved;
    private boolean over;
    private @Nullable Answer answer;
    private @Nullable LargeAnswer large;

    /**
     * @param announced the size that the provider says it has; -1: it does not say
     * @param streamExpected the client asked for a stream, and an answer that is none is of no use
     *     to it
     */
    WholeRelay(
            Host host,
            AnswerReading reading,
            long announced,
            boolean streamExpected,
            ExchangeLimits limits,
            BodyBudget budget) {
        this.host = host;
        this.reading = reading;
        this.announced = announced;
        this.streamExpected = streamExpected;
        this.limits = limits;
        this.budget = budget;
    }

    @Override
    public void begin() {
        if (announced > limits.maxAnswerBytes()) {
            tooLarge();
        }
    }

    /** What went out already can't be ended as if it were complete: it is cut. */
    private void tooLarge() {
        over = true;
        host.fault(
                new ProviderFault.TooLarge(
                        "the answer is larger than "
                                + limits.maxAnswerBytes()
                                + " bytes (upstream.max_answer)"));
    }

    @Override
    public void data(Buffer piece) {
        if (over) {
            return;
        }
        length += piece.length();
        if (length > limits.maxAnswerBytes()) {
            tooLarge();
        } else if (large != null) {
            pass(large, piece);
        } else if ((length <= limits.maxHeldBytes() || !reading.mayPassUnread())
                && budget.reserve(piece.length())) {
            reserved += piece.length();
            held.add(piece);
        } else if (!reading.mayPassUnread()) {
            over = true;
            host.fault(new ProviderFault.TooLarge("there is no room to translate the answer"));
        } else {
            letGo(piece);
        }
    }

    /** Too large to hold: what is held goes out, the rest as it comes. */
    private void letGo(Buffer piece) {
        if (streamExpected) {
            over = true;
            host.fault(new ProviderFault.Malformed("a stream was asked for, and none came"));
            return;
        }
        LargeAnswer watch = new LargeAnswer();
        large = watch;
        host.commitPoint();
        for (Buffer earlier : held) {
            pass(watch, earlier);
        }
        held.clear();
        release();
        pass(watch, piece);
    }

    private void pass(LargeAnswer watch, Buffer piece) {
        int from = Buffers.offset(piece);
        watch.feed(Buffers.array(piece), from, from + piece.length());
        host.outlet().write(piece);
    }

    @Override
    public void end() {
        if (over) {
            return;
        }
        over = true;
        if (large != null) {
            host.complete();
            return;
        }
        Answer read = reading.read(join());
        held.clear();
        answer = read;
        if (read.fault().isPresent()) {
            host.fault(read.fault().get());
        } else if (streamExpected) {
            host.fault(new ProviderFault.Malformed("a stream was asked for, and none came"));
        } else {
            host.complete();
        }
    }

    private byte[] join() {
        if (held.size() == 1) {
            Buffer only = held.getFirst();
            byte[] bytes = Buffers.array(only);
            return Buffers.offset(only) == 0 && bytes.length == only.length()
                    ? bytes
                    : only.getBytes();
        }
        byte[] all = new byte[(int) length];
        int at = 0;
        for (Buffer piece : held) {
            System.arraycopy(Buffers.array(piece), Buffers.offset(piece), all, at, piece.length());
            at += piece.length();
        }
        return all;
    }

    @Override
    public void finish() {
        if (answer != null) {
            host.outlet().end(Buffers.wrap(answer.bytes()));
        } else {
            host.outlet().end();
        }
    }

    @Override
    public long left() {
        return answer == null ? 0 : answer.bytes().length;
    }

    @Override
    public byte[] unsent() {
        return answer == null ? new byte[0] : answer.bytes();
    }

    @Override
    public void release() {
        budget.release(reserved);
        reserved = 0;
    }

    @Override
    public Optional<String> contentType() {
        return reading.contentType();
    }

    @Override
    public Optional<Usage> usage() {
        if (answer != null) {
            return answer.usage();
        }
        return large != null ? large.usage() : Optional.empty();
    }

    @Override
    public Optional<String> model() {
        if (answer != null) {
            return answer.model();
        }
        return large != null ? large.model() : Optional.empty();
    }

    @Override
    public Optional<String> finishReason() {
        return answer != null ? answer.finishReason() : Optional.empty();
    }

    @Override
    public long outputCharacters() {
        return length;
    }
}
