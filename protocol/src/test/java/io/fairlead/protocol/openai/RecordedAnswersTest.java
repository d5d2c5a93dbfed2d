package io.fairlead.protocol.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.kernel.ProviderFault;
import io.fairlead.protocol.WireCorpus;
import io.fairlead.protocol.WireCorpus.Exchange;
import io.fairlead.protocol.codec.StreamSignal;
import io.fairlead.protocol.error.ErrorBody;
import io.fairlead.protocol.error.ProviderFaults;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;

class RecordedAnswersTest {
    private static final List<Exchange> EXCHANGES = WireCorpus.exchanges();

    @Test
    void scansEveryRecordedRequest() {
        int seen = 0;
        for (Exchange exchange : EXCHANGES) {
            if (exchange.request().isEmpty() || exchange.status() != 200) {
                continue;
            }
            byte[] request = exchange.request().get();
            String text = new String(request, StandardCharsets.UTF_8);
            boolean inPath = !text.contains("\"model\"");
            if (inPath) {
                continue;
            }
            RequestBody body = RequestBody.scan(exchange.endpoint(), Optional.empty(), request);
            assertThat(body.facts().stream())
                    .as(exchange.id())
                    .isEqualTo(exchange.stream().isPresent());
            assertThat(body.rewrite(RequestEdit.model(body.facts().model())).bytes())
                    .as(exchange.id())
                    .isSameAs(request);
            byte[] changed = body.rewrite(RequestEdit.model("other")).bytes();
            assertThat(
                            RequestBody.scan(exchange.endpoint(), Optional.empty(), changed)
                                    .facts()
                                    .model())
                    .isEqualTo("other");
            seen++;
        }
        assertThat(seen).isGreaterThan(80);
    }

    @Test
    void findsUsageAndEndOfEveryRecordedAnswer() {
        for (Exchange exchange : EXCHANGES) {
            if (exchange.body().isEmpty() || exchange.status() != 200) {
                continue;
            }
            Answer answer =
                    AnswerReader.read(
                            exchange.endpoint(),
                            Conformance.OFF,
                            exchange.contentType(),
                            exchange.body().get());
            assertThat(answer.bytes()).as(exchange.id()).isSameAs(exchange.body().get());
            assertThat(answer.fault()).as(exchange.id()).isEmpty();
            String text = new String(exchange.body().get(), StandardCharsets.UTF_8);
            assertThat(answer.usage().isPresent())
                    .as(exchange.id())
                    .isEqualTo(text.contains("_tokens\":") && text.contains("\"usage\":{"));
            LargeAnswer large = new LargeAnswer();
            for (byte b : exchange.body().get()) {
                large.feed(new byte[] {b}, 0, 1);
            }
            assertThat(large.usage()).as(exchange.id()).isEqualTo(answer.usage());
            assertThat(large.model()).as(exchange.id()).isEqualTo(answer.model());
        }
    }

    @Test
    void passesTheBytesOfEveryRecordedStreamAndSeesItsEnd() {
        int seen = 0;
        for (Exchange exchange : EXCHANGES) {
            if (exchange.stream().isEmpty()) {
                continue;
            }
            byte[] bytes = exchange.stream().get();
            Streamed streamed = Streamed.of(exchange.endpoint(), Conformance.OFF, false, bytes);
            assertThat(streamed.text())
                    .as(exchange.id())
                    .isEqualTo(new String(bytes, StandardCharsets.UTF_8));
            assertThat(streamed.signals())
                    .as(exchange.id())
                    .containsAnyOf(StreamSignal.OUTPUT, StreamSignal.FINISH, StreamSignal.ERROR);
            boolean failed = streamed.signals().contains(StreamSignal.ERROR);
            assertThat(streamed.stream().fault().isPresent())
                    .as(exchange.id() + " " + streamed.stream().fault())
                    .isEqualTo(failed);
            if (!failed) {
                assertThat(streamed.stream().usage().isPresent())
                        .as("usage of " + exchange.id())
                        .isEqualTo(streamed.text().replace(" ", "").contains("usage\":{"));
            }
            seen++;
        }
        assertThat(seen).isGreaterThan(50);
    }

    @Test
    void seesTheSameInEveryChunking() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(20261122);
        for (Exchange exchange : EXCHANGES) {
            if (exchange.stream().isEmpty()) {
                continue;
            }
            byte[] bytes = exchange.stream().get();
            for (boolean hide : new boolean[] {false, true}) {
                Conformance conformance =
                        exchange.provider().equals("openai")
                                ? Conformance.OFF
                                : Conformance.on(Map.of(), "m", 1);
                Streamed whole = Streamed.of(exchange.endpoint(), conformance, hide, bytes);
                int[] every = IntStream.range(1, bytes.length).toArray();
                int[] some = random.ints(20, 0, bytes.length + 1).sorted().toArray();
                for (int[] cuts : new int[][] {every, some}) {
                    Streamed cut = Streamed.of(exchange.endpoint(), conformance, hide, bytes, cuts);
                    String what = exchange.id() + Arrays.toString(Arrays.copyOf(cuts, 20));
                    assertThat(cut.text()).as(what).isEqualTo(whole.text());
                    assertThat(cut.signals()).as(what).isEqualTo(whole.signals());
                    assertThat(cut.stream().usage()).as(what).isEqualTo(whole.stream().usage());
                }
            }
        }
    }

    @Test
    void readsEveryRecordedError() {
        int seen = 0;
        for (Exchange exchange : EXCHANGES) {
            if (exchange.status() < 400) {
                continue;
            }
            ErrorBody error = ErrorBody.read(exchange.body().orElseThrow());
            assertThat(error.message()).as(exchange.id()).isNotEmpty();
            ProviderFault fault =
                    ProviderFaults.classify(
                            exchange.status(), name -> null, exchange.body().get(), Instant.EPOCH);
            Class<?> expected =
                    switch (exchange.status()) {
                        case 401 -> ProviderFault.CredentialRefused.class;
                        case 404 -> ProviderFault.NotThere.class;
                        case 429 -> ProviderFault.Throttled.class;
                        default -> ProviderFault.Rejected.class;
                    };
            assertThat(fault).as(exchange.id()).isInstanceOf(expected);
            assertThat(fault.message()).as(exchange.id()).doesNotContain("http", "sk-");
            seen++;
        }
        assertThat(seen).isGreaterThan(20);
    }
}
