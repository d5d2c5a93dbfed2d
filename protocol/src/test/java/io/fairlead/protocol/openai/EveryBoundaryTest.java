package io.fairlead.protocol.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.kernel.Usage;
import io.fairlead.protocol.WireCorpus;
import io.fairlead.protocol.WireCorpus.Exchange;
import io.fairlead.protocol.codec.StreamSignal;
import io.fairlead.protocol.sse.SseScanner;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;

/**
 * Every recorded stream, cut in two at every single byte: what comes out and what is found must be
 * the same as without a cut.
 *
 * <p>A stream of up to {@value #WHOLE_BYTES} bytes is cut as a whole. In a larger one each event is
 * cut at every byte together with the ones beside it: an event's end makes the rest independent of
 * the cut, and reading all of it 800,000 times would take minutes. The whole is cut at {@value
 * #SEEDED} random places besides.
 */
final class EveryBoundaryTest {
    private static final int WHOLE_BYTES = 4 * 1024;
    private static final int SEEDED = 50;
    private static final long SEED = 20_261_122;
    private static final int MOST_EVENT_BYTES = 1 << 22;

    /** How a stream is read: as from the protocol's owner, or with all that is put right. */
    enum Mode {
        AS_IT_IS,
        PUT_RIGHT;

        private AnswerStream stream(Exchange exchange) {
            return this == AS_IT_IS
                    ? new AnswerStream(
                            exchange.endpoint(), Conformance.OFF, false, MOST_EVENT_BYTES)
                    : new AnswerStream(
                            exchange.endpoint(),
                            Conformance.on(Map.of(), "m", 1),
                            true,
                            MOST_EVENT_BYTES);
        }
    }

    /** What is found in a stream besides its bytes. */
    private record Facts(
            Optional<Usage> usage,
            Optional<String> model,
            Optional<String> finishReason,
            Optional<?> fault,
            boolean outputSeen,
            boolean callSeen,
            boolean complete,
            long outputCharacters,
            long sequenceNumber) {
        private static Facts of(AnswerStream stream) {
            return new Facts(
                    stream.usage(),
                    stream.model(),
                    stream.finishReason(),
                    stream.fault(),
                    stream.outputSeen(),
                    stream.callSeen(),
                    stream.complete(),
                    stream.outputCharacters(),
                    stream.sequenceNumber());
        }
    }

    /** What one reading gave: the bytes for the client, and each event's meaning behind them. */
    private static final class Reading {
        private byte[] bytes = new byte[1024];
        private int length;
        private StreamSignal[] signals = new StreamSignal[64];
        private int events;
        private @Nullable Facts facts;

        private void read(AnswerStream stream, byte[] all, int from, int cut, int to) {
            length = 0;
            events = 0;
            // pieces of their own, spoilt once they are read, so that nobody may look back
            byte[] piece = Arrays.copyOfRange(all, from, cut);
            stream.feed(piece, 0, piece.length);
            drain(stream);
            Arrays.fill(piece, (byte) 'X');
            stream.feed(all, cut, to);
            drain(stream);
            stream.end();
            drain(stream);
            facts = Facts.of(stream);
        }

        private void drain(AnswerStream stream) {
            while (stream.next()) {
                if (events == signals.length) {
                    signals = Arrays.copyOf(signals, events * 2);
                }
                signals[events++] = stream.signal();
                int more = stream.to() - stream.from();
                if (length + more > bytes.length) {
                    bytes = Arrays.copyOf(bytes, (length + more) * 2);
                }
                System.arraycopy(stream.bytes(), stream.from(), bytes, length, more);
                length += more;
            }
        }

        private boolean sameAs(Reading other) {
            return length == other.length
                    && events == other.events
                    && Arrays.equals(bytes, 0, length, other.bytes, 0, length)
                    && Arrays.equals(signals, 0, events, other.signals, 0, events)
                    && Objects.equals(facts, other.facts);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aCutAnywhereChangesNothing(Mode mode) {
        long cuts = 0;
        int streams = 0;
        for (Exchange exchange : WireCorpus.exchanges()) {
            if (exchange.stream().isPresent()) {
                byte[] bytes = exchange.stream().get();
                cuts +=
                        bytes.length <= WHOLE_BYTES
                                ? cutEverywhere(mode, exchange, bytes, 0, bytes.length, 0, -1)
                                : cutEachEvent(mode, exchange, bytes);
                streams++;
            }
        }
        assertThat(streams).isGreaterThan(50);
        assertThat(cuts).isGreaterThan(700_000);
    }

    private static long cutEachEvent(Mode mode, Exchange exchange, byte[] bytes) {
        List<Integer> ends = ends(bytes);
        long cuts = 0;
        for (int i = 0; i < ends.size(); i++) {
            int from = i < 2 ? 0 : ends.get(i - 2);
            int eventFrom = i == 0 ? 0 : ends.get(i - 1);
            int to = ends.get(Math.min(i + 1, ends.size() - 1));
            cuts += cutEverywhere(mode, exchange, bytes, from, to, eventFrom, ends.get(i));
        }
        assertThat(cuts).as(exchange.id()).isEqualTo(bytes.length - 1L);
        Random random = new Random(SEED);
        Reading whole = new Reading();
        whole.read(mode.stream(exchange), bytes, 0, 0, bytes.length);
        Reading reading = new Reading();
        for (int i = 0; i < SEEDED; i++) {
            check(
                    mode,
                    exchange,
                    bytes,
                    0,
                    random.nextInt(bytes.length),
                    bytes.length,
                    whole,
                    reading);
        }
        return cuts + SEEDED;
    }

    /** Cuts {@code from..to} at each place from {@code firstCut} on and before {@code endCuts}. */
    private static long cutEverywhere(
            Mode mode, Exchange exchange, byte[] bytes, int from, int to, int firstCut, int end) {
        Reading whole = new Reading();
        whole.read(mode.stream(exchange), bytes, from, from, to);
        Reading reading = new Reading();
        int endCuts = end < 0 ? to : end;
        int first = Math.max(1, firstCut);
        for (int cut = first; cut < endCuts; cut++) {
            check(mode, exchange, bytes, from, cut, to, whole, reading);
        }
        return endCuts - (long) first;
    }

    private static void check(
            Mode mode,
            Exchange exchange,
            byte[] bytes,
            int from,
            int cut,
            int to,
            Reading whole,
            Reading reading) {
        reading.read(mode.stream(exchange), bytes, from, cut, to);
        if (!reading.sameAs(whole)) {
            throw new AssertionError(
                    exchange.id()
                            + " "
                            + mode
                            + " cut at "
                            + cut
                            + " of "
                            + from
                            + ".."
                            + to
                            + " (seed "
                            + SEED
                            + "): "
                            + reading.facts
                            + " (expected: "
                            + whole.facts
                            + ")");
        }
    }

    private static List<Integer> ends(byte[] bytes) {
        SseScanner scanner = new SseScanner(MOST_EVENT_BYTES);
        scanner.feed(bytes, 0, bytes.length);
        List<Integer> ends = new ArrayList<>();
        while (scanner.next()) {
            ends.add(scanner.to());
        }
        if (ends.isEmpty() || ends.getLast() < bytes.length) {
            ends.add(bytes.length);
        }
        return ends;
    }

    @Test
    void theTestSeesADifference() {
        byte[] one =
                "data: {\"choices\":[]}\n\ndata: [DONE]\n\n"
                        .getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        Exchange exchange = WireCorpus.exchanges().getFirst();
        Reading whole = new Reading();
        whole.read(Mode.AS_IT_IS.stream(exchange), one, 0, 0, one.length);
        Reading shorter = new Reading();
        shorter.read(Mode.AS_IT_IS.stream(exchange), one, 0, 0, one.length - 14);
        assertThat(shorter.sameAs(whole)).isFalse();
    }
}
