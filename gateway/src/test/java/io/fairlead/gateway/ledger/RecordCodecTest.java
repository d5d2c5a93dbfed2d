package io.fairlead.gateway.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/** The binary form of a record keeps everything, and no bytes at all break its reader. */
class RecordCodecTest {
    private static final int BODIES = 1 << 16;

    @Test
    void givesBackEveryRecord() throws UnreadableRecordException {
        for (int seed = 0; seed < 3000; seed++) {
            RequestRecord entry = RecordSamples.random(new Random(seed), "id-" + seed);
            assertThat(RecordCodec.decode(RecordCodec.encode(entry, BODIES)))
                    .as("seed %d", seed)
                    .isEqualTo(entry);
        }
    }

    @Test
    void isSmall() {
        assertThat(RecordCodec.encode(RecordSamples.plain("id", RecordSamples.START), BODIES))
                .hasSizeLessThan(400);
    }

    @Test
    void leavesBodiesOutWhenTheyAreNotWanted() throws UnreadableRecordException {
        RequestRecord entry = withBody("x".repeat(100));
        assertThat(RecordCodec.decode(RecordCodec.encode(entry, 0)).requestBody()).isEmpty();
    }

    @Test
    void cutsLongTextsBetweenCharacters() throws UnreadableRecordException {
        for (int limit = 1; limit < 12; limit++) {
            RequestRecord entry = withBody("aé漢🙂".repeat(10));
            String kept =
                    RecordCodec.decode(RecordCodec.encode(entry, limit))
                            .requestBody()
                            .orElseThrow();
            assertThat(entry.requestBody().orElseThrow()).startsWith(kept);
            assertThat(kept.getBytes(StandardCharsets.UTF_8).length).isBetween(limit - 3, limit);
        }
    }

    @Test
    void boundsWhatClientsControl() {
        String huge = "x".repeat(1 << 20);
        RequestRecord plain = RecordSamples.plain("id", RecordSamples.START);
        RequestRecord entry =
                RecordSamples.withLabels(
                        plain,
                        java.util.Collections.nCopies(10_000, huge),
                        java.util.stream.IntStream.range(0, 10_000)
                                .boxed()
                                .collect(
                                        java.util.stream.Collectors.toMap(
                                                i -> "name" + i, i -> huge)));
        assertThat(RecordCodec.encode(entry, 0).length).isLessThan(200_000);
    }

    @Test
    void refusesANewerVersion() {
        byte[] encoded = RecordCodec.encode(RecordSamples.plain("id", RecordSamples.START), BODIES);
        encoded[0] = RecordCodec.VERSION + 1;
        assertThatThrownBy(() -> RecordCodec.decode(encoded))
                .isInstanceOf(UnreadableRecordException.class)
                .hasMessage("version: 2 (expected: 1)");
    }

    @Test
    void refusesEveryCutRecord() {
        byte[] encoded = RecordCodec.encode(RecordSamples.random(new Random(7), "id"), BODIES);
        for (int length = 0; length < encoded.length; length++) {
            byte[] cut = Arrays.copyOf(encoded, length);
            assertThatThrownBy(() -> RecordCodec.decode(cut))
                    .isInstanceOf(UnreadableRecordException.class);
        }
    }

    @Test
    void survivesAnyBytes() {
        byte[] good = RecordCodec.encode(RecordSamples.random(new Random(7), "id"), BODIES);
        for (int seed = 0; seed < 20_000; seed++) {
            Random random = new Random(seed);
            byte[] bytes = good.clone();
            for (int i = random.nextInt(1, 6); i > 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            try {
                assertThat(RecordCodec.decode(bytes)).isNotNull();
            } catch (UnreadableRecordException e) {
                assertThat(e).hasMessageContaining(" ");
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }

    private static RequestRecord withBody(String body) {
        return RecordSamples.withBodies(RecordSamples.plain("id", RecordSamples.START), body, "");
    }
}
