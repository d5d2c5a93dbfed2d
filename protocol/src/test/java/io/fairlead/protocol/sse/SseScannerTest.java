package io.fairlead.protocol.sse;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

class SseScannerTest {
    record Event(String raw, String data, boolean terminated) {}

    static List<Event> scan(byte[] stream, int... cuts) {
        SseScanner scanner = new SseScanner(1 << 20);
        List<Event> events = new ArrayList<>();
        int from = 0;
        for (int cut : cuts) {
            scanner.feed(java.util.Arrays.copyOfRange(stream, from, cut), 0, cut - from);
            drain(scanner, events);
            from = cut;
        }
        scanner.feed(stream, from, stream.length);
        drain(scanner, events);
        scanner.end();
        drain(scanner, events);
        return events;
    }

    private static void drain(SseScanner scanner, List<Event> events) {
        while (scanner.next()) {
            events.add(
                    new Event(
                            text(scanner.bytes(), scanner.from(), scanner.to()),
                            text(scanner.dataBytes(), scanner.dataFrom(), scanner.dataTo()),
                            scanner.terminated()));
        }
    }

    private static String text(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void findsEventsWithEveryLineEnd(String eol) {
        String stream =
                ": hi\n\nevent: x\ndata: one\n\ndata:two\ndata: three\nid: 7\n\ndata\n\n"
                        .replace("\n", eol);
        assertThat(scan(bytes(stream)))
                .extracting(Event::data)
                .containsExactly("", "one", "two\nthree", "");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\uFEFFdata: a\n\ndata: b\n\n",
                "data: a\r\n\r\ndata: b\r\n\r\n",
                "data: a\r\rdata: b\r\r\n\n",
                "data: a\n\r\n\r\ndata: b\r\n\n\n\ndata: c",
                ": c\r\n\r\ndata: x\ndata: y\r\ndata:z\n\n",
                "data: é€😀\n\nevent:e\ndata: q\n\ndata: [DONE]",
                "data: a\r",
                "\r\n\r\n\n\r",
            })
    void givesTheSameEventsForEveryChunking(String stream) {
        byte[] bytes = bytes(stream);
        List<Event> whole = scan(bytes);
        assertThat(String.join("", whole.stream().map(Event::raw).toList())).isEqualTo(stream);
        for (int a = 0; a <= bytes.length; a++) {
            for (int b = a; b <= bytes.length; b++) {
                assertThat(scan(bytes, a, b)).as("cut at %d and %d", a, b).isEqualTo(whole);
            }
        }
        int[] every = java.util.stream.IntStream.range(1, bytes.length).toArray();
        assertThat(scan(bytes, every)).isEqualTo(whole);
    }

    @Test
    void givesAnEventAsSoonAsItsBlankLineIsThere() {
        SseScanner scanner = new SseScanner(100);
        byte[] stream = bytes("data: a\n\n");
        scanner.feed(stream, 0, stream.length);
        assertThat(scanner.next()).isTrue();
        assertThat(scanner.bytes()).isSameAs(stream);
        byte[] crLf = bytes("data: a\r\n\r\n");
        assertThat(scanner.next()).isFalse();
        scanner.feed(crLf, 0, crLf.length);
        assertThat(scanner.next()).isTrue();
    }

    @Test
    void joinsLinesOfDataAndIgnoresLookalikes() {
        List<Event> events = scan(bytes("data: a\ndatum: no\n data: no\nid\ndata:  b\n\n"));
        assertThat(events).extracting(Event::data).containsExactly("a\n b");
    }

    @Test
    void stopsAtAnEventLargerThanAllowed() {
        for (int step : new int[] {1, 7, 1000}) {
            SseScanner scanner = new SseScanner(64);
            byte[] stream = bytes("data: ok\n\ndata: " + "x".repeat(100) + "\n\ndata: ok\n\n");
            int events = 0;
            for (int at = 0; at < stream.length; at += step) {
                scanner.feed(stream, at, Math.min(stream.length, at + step));
                while (scanner.next()) {
                    events++;
                }
            }
            assertThat(events).isEqualTo(1);
            assertThat(scanner.overflowed()).isTrue();
        }
    }

    @Test
    void knowsTheNameOfAnEvent() {
        SseScanner scanner = new SseScanner(100);
        byte[] stream = bytes("data: {}\nevent: error\n\ndata: {}\n\n");
        scanner.feed(stream, 0, stream.length);
        scanner.next();
        assertThat(scanner.nameIs(bytes("error"))).isTrue();
        scanner.next();
        assertThat(scanner.nameIs(bytes("error"))).isFalse();
    }
}
