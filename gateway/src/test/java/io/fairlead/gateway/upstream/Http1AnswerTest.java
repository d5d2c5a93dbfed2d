package io.fairlead.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;

final class Http1AnswerTest {
    private static final String CHUNKED = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";

    /** What a reader said about some bytes. */
    private static final class Seen {
        private final ByteArrayOutputStream body = new ByteArrayOutputStream();
        private int heads;
        private int status;
        private String headers = "";
        private boolean ended;
        private boolean reusable;
        private boolean endsWithConnection;
        private boolean faulty;

        private String all() {
            return String.join(
                    "|",
                    Integer.toString(heads),
                    Integer.toString(status),
                    headers,
                    body.toString(StandardCharsets.ISO_8859_1),
                    "ended " + ended,
                    "reusable " + reusable,
                    "until close " + endsWithConnection,
                    "faulty " + faulty);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static Seen read(String text) {
        return read(false, List.of(bytes(text)));
    }

    private static Seen read(boolean toHead, List<byte[]> pieces) {
        Http1Answer answer = new Http1Answer();
        answer.begin(toHead);
        Seen seen = new Seen();
        for (byte[] piece : pieces) {
            byte[] own = piece.clone();
            answer.feed(own);
            if (answer.headCame()) {
                seen.heads++;
                seen.status = answer.status();
                StringBuilder headers = new StringBuilder();
                answer.headers()
                        .forEach((name, value) ->
                                headers.append(name).append('=').append(value).append(';'));
                seen.headers = headers.toString();
            }
            if (answer.bodyTo() > answer.bodyFrom()) {
                assertThat(seen.heads).as("body without a head").isEqualTo(1);
                seen.body.write(own, answer.bodyFrom(), answer.bodyTo() - answer.bodyFrom());
            }
            seen.ended |= answer.ended();
            seen.faulty |= answer.fault() != null;
            if (answer.fault() != null) {
                break;
            }
        }
        seen.reusable = answer.reusable();
        seen.endsWithConnection = answer.endsWithConnection();
        return seen;
    }

    private static List<byte[]> splitAt(byte[] all, int at) {
        return List.of(Arrays.copyOfRange(all, 0, at), Arrays.copyOfRange(all, at, all.length));
    }

    private static List<byte[]> singly(byte[] all) {
        List<byte[]> pieces = new ArrayList<>();
        for (byte each : all) {
            pieces.add(new byte[] {each});
        }
        return pieces;
    }

    private static Seen readEveryWay(String text) {
        byte[] all = bytes(text);
        Seen whole = read(text);
        for (int at = 0; at <= all.length; at++) {
            assertThat(read(false, splitAt(all, at)).all())
                    .as("split at %d", at)
                    .isEqualTo(whole.all());
        }
        assertThat(read(false, singly(all)).all()).as("byte by byte").isEqualTo(whole.all());
        return whole;
    }

    @Test
    void readsACountedBody() {
        Seen seen =
                readEveryWay(
                        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nX-Empty:\r\n"
                                + "content-length:  5 \r\n\r\nhello");
        assertThat(seen.all())
                .isEqualTo(
                        "1|200|content-type=application/json;x-empty=;content-length=5;|hello"
                                + "|ended true|reusable true|until close false|faulty false");
    }

    @Test
    void readsChunksWithExtensionsAndTrailers() {
        Seen seen =
                readEveryWay(
                        CHUNKED
                                + "5;name=\"value\"\r\n"
                                + "hello\r\n"
                                + "00A \t;x\r\n"
                                + ", world...\r\n"
                                + "1\r\n"
                                + "!\r\n"
                                + "0\r\n"
                                + "x-sum: 12\r\n"
                                + "content-length: 7\r\n\r\n");
        assertThat(seen.body).hasToString("hello, world...!");
        assertThat(seen.headers).isEqualTo("transfer-encoding=chunked;");
        assertThat(seen.ended && seen.reusable).isTrue();
    }

    @Test
    void readsABodyThatEndsWithItsConnection() {
        Seen seen = readEveryWay("HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\n\r\nall of it");
        assertThat(seen.body).hasToString("all of it");
        assertThat(seen.ended || seen.reusable || seen.faulty).isFalse();
        assertThat(seen.endsWithConnection).isTrue();
    }

    @Test
    void aBodyWithALengthDoesNotEndWithItsConnection() {
        assertThat(read("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf").endsWithConnection)
                .isFalse();
        assertThat(read(CHUNKED + "4\r\nhalf\r\n").endsWithConnection).isFalse();
        assertThat(read("HTTP/1.1 200 OK\r\n").endsWithConnection).isFalse();
    }

    @Test
    void passesOverInterimAnswersAndEmptyLines() {
        Seen seen =
                readEveryWay(
                        "\r\n"
                                + "HTTP/1.1 100 Continue\r\n\r\n"
                                + "HTTP/1.1 103 Early Hints\r\n"
                                + "link: </a>\r\n"
                                + "content-length: 3\r\n\r\n"
                                + "HTTP/1.1 201\r\n"
                                + "content-length: 2\r\n\r\n"
                                + "ok");
        assertThat(seen.status).isEqualTo(201);
        assertThat(seen.headers).isEqualTo("content-length=2;");
        assertThat(seen.body).hasToString("ok");
        assertThat(seen.reusable).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 304})
    void someAnswersHaveNoBodyWhateverTheySay(int status) {
        Seen seen = readEveryWay("HTTP/1.1 " + status + " X\r\ncontent-length: 10\r\n\r\n");
        assertThat(seen.ended && seen.reusable).isTrue();
    }

    @Test
    void theAnswerToHeadHasNoBody() {
        Seen seen = read(true, List.of(bytes("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n")));
        assertThat(seen.ended && seen.reusable).isTrue();
        assertThat(seen.headers).isEqualTo("content-length=10;");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 2\r\n\r\nok",
                "HTTP/1.1 200 OK\r\nconnection: x, Close\r\ncontent-length: 2\r\n\r\nok",
                "HTTP/1.0 200 OK\r\ncontent-length: 2\r\n\r\nok",
                "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok and more",
                "HTTP/1.1 200 OK\r\ncontent-length: 9\r\ntransfer-encoding: chunked\r\n\r\n"
                        + "2\r\nok\r\n0\r\n\r\n",
            })
    void aConnectionInDoubtIsNotReused(String text) {
        Seen seen = readEveryWay(text);
        assertThat(seen.body).hasToString("ok");
        assertThat(seen.ended).isTrue();
        assertThat(seen.reusable).isFalse();
        assertThat(seen.headers).doesNotContain("content-length=9");
    }

    @Test
    void anOldServerMayKeepItsConnectionOpen() {
        assertThat(
                        readEveryWay(
                                        "HTTP/1.0 200 OK\r\nconnection: Keep-Alive\r\n"
                                                + "content-length: 2\r\n\r\nok")
                                .reusable)
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTP/1.1 200 OK\r\n",
                "HTTP/2.0 200 OK\r\n",
                "HTTP/1.2 200 OK\r\n",
                "HTTP/1.1  200 OK\r\n",
                "HTTP/1.1 2x0 OK\r\n",
                "HTTP/1.1 099 OK\r\n",
                "HTTP/1.1 2000\r\n",
                "HTTP/1.1 20\r\n",
                "HTTP/1.1 200 O\u0000K\r\n",
                "HTTP/1.1 200 O\rK\r\n",
                "HTTP/1.1 101 Switching\r\n\r\n",
                "HTTP/1.1 200 OK\r\nx y: 1\r\n",
                "HTTP/1.1 200 OK\r\nx : 1\r\n",
                "HTTP/1.1 200 OK\r\n: 1\r\n",
                "HTTP/1.1 200 OK\r\nx\r\n",
                "HTTP/1.1 200 OK\r\nx: 1\r\n folded\r\n",
                "HTTP/1.1 200 OK\r\nx: 1\u00002\r\n",
                "HTTP/1.1 200 OK\r\nx: 1\r2\r\n",
                "HTTP/1.1 200 OK\r\nx: 1\u007f2\r\n",
                "HTTP/1.1 200 OK\r\n\u00e9: 1\r\n",
                "HTTP/1.1 200 OK\r\ncontent-length: 5\r\ncontent-length: 5\r\n",
                "HTTP/1.1 200 OK\r\ncontent-length: 5\r\ncontent-length: 6\r\n",
                "HTTP/1.1 200 OK\r\ncontent-length: 5, 5\r\n",
                "HTTP/1.1 200 OK\r\ncontent-length: -1\r\n",
                "HTTP/1.1 200 OK\r\ncontent-length: +1\r\n",
                "HTTP/1.1 200 OK\r\ncontent-length: 1e3\r\n",
                "HTTP/1.1 200 OK\r\ncontent-length:\r\n",
                "HTTP/1.1 200 OK\r\ncontent-length: 9999999999999999999\r\n",
                "HTTP/1.1 200 OK\r\ntransfer-encoding: gzip, chunked\r\n",
                "HTTP/1.1 200 OK\r\ntransfer-encoding: identity\r\n",
                "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\ntransfer-encoding: chunked\r\n",
                "HTTP/1.0 200 OK\r\ntransfer-encoding: chunked\r\n",
                CHUNKED + "\r\n",
                CHUNKED + "g\r\n",
                CHUNKED + "-1\r\n",
                CHUNKED + "0x5\r\n",
                CHUNKED + " 5\r\n",
                CHUNKED + "5\n",
                CHUNKED + "5 5\r\n",
                CHUNKED + "5;\u0001\r\n",
                CHUNKED + "fffffffffffffffff\r\n",
                CHUNKED + "1000000000000000\r\n",
                CHUNKED + "2\r\nokay\r\n",
                CHUNKED + "2\r\nok\n",
                CHUNKED + "2\r\nok0\r\n\r\n",
                CHUNKED + "0\r\nx y: 1\r\n",
                CHUNKED + "0\r\n folded\r\n",
            })
    void refusesWhatIsNoHttp(String text) {
        Seen seen = readEveryWay(text);
        assertThat(seen.faulty).isTrue();
        assertThat(seen.ended || seen.reusable || seen.endsWithConnection).isFalse();
    }

    @Test
    void whatCameBeforeAFaultIsGood() {
        Seen seen = readEveryWay(CHUNKED + "5\r\nfirst\r\n6\r\nsecond\r\noh no\r\n");
        assertThat(seen.body).hasToString("firstsecond");
        assertThat(seen.faulty).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"65000, false", "66000, true"})
    void aHeadHasABound(int size, boolean faulty) {
        String line = "HTTP/1.1 200 OK\r\nx: " + "a".repeat(size);
        assertThat(read(line + "\r\n\r\n").faulty).isEqualTo(faulty);
        assertThat(read(line).faulty).isEqualTo(faulty);
        String lines = "x: 1\r\n".repeat(100) + "y: " + "b".repeat(size - 700);
        assertThat(read("HTTP/1.1 200 OK\r\n" + lines).faulty).isEqualTo(faulty);
        assertThat(read(CHUNKED + "0\r\n" + lines).faulty).isEqualTo(faulty);
    }

    @Test
    void interimAnswersHaveABoundTogether() {
        assertThat(read("HTTP/1.1 100 Continue\r\n\r\n".repeat(4_000)).faulty).isTrue();
        assertThat(read("\r\n".repeat(40_000)).faulty).isTrue();
    }

    @Test
    void headersHaveABoundInNumber() {
        assertThat(read("HTTP/1.1 200 OK\r\n" + "x: 1\r\n".repeat(512) + "\r\n").faulty).isFalse();
        assertThat(read("HTTP/1.1 200 OK\r\n" + "x: 1\r\n".repeat(513)).faulty).isTrue();
    }

    @Test
    void theLineOfAChunkHasABound() {
        assertThat(read(CHUNKED + "5;" + "x".repeat(4_090)).faulty).isFalse();
        assertThat(read(CHUNKED + "5;" + "x".repeat(4_100)).faulty).isTrue();
    }

    @Test
    void oneReaderReadsManyAnswers() {
        Http1Answer answer = new Http1Answer();
        for (int i = 0; i < 3; i++) {
            answer.begin(false);
            answer.feed(bytes(CHUNKED + "1\r\n" + i + "\r\n0\r\n\r\n"));
            assertThat(answer.ended() && answer.reusable()).isTrue();
            answer.begin(false);
            answer.feed(bytes("HTTP/1.1 404 No\r\ncontent-length: 0\r\n\r\n"));
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.bodyTo() - answer.bodyFrom()).isZero();
            assertThat(answer.ended() && answer.reusable()).isTrue();
        }
    }

    /** Damaged answers: however they are cut, they read the same, and nothing is thrown. */
    @Test
    void damageReadsTheSameHoweverItComes() {
        long seed = System.nanoTime();
        RandomGenerator random = new Random(seed);
        String[] good = {
            "HTTP/1.1 200 OK\r\ncontent-length: 12\r\nx: y\r\n\r\nhello, world",
            CHUNKED + "5;a=b\r\nhello\r\n7\r\n, world\r\n0\r\nt: u\r\n\r\n",
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.0 200 OK\r\nconnection: keep-alive\r\n\r\nuntil",
        };
        String spice = "\r\n:;,0159afG \t-\u0000\u007f\u00ff/H";
        for (int round = 0; round < 20_000; round++) {
            byte[] text = bytes(good[random.nextInt(good.length)]);
            for (int hits = random.nextInt(4); hits > 0; hits--) {
                int at = random.nextInt(text.length);
                switch (random.nextInt(3)) {
                    case 0 -> text[at] = (byte) spice.charAt(random.nextInt(spice.length()));
                    case 1 -> text = Arrays.copyOf(text, at + 1);
                    default -> {
                        byte[] longer = Arrays.copyOf(text, text.length + 1);
                        System.arraycopy(text, at, longer, at + 1, text.length - at);
                        longer[at] = (byte) spice.charAt(random.nextInt(spice.length()));
                        text = longer;
                    }
                }
            }
            String whole = read(false, List.of(text)).all();
            List<byte[]> pieces = new ArrayList<>();
            for (int at = 0; at < text.length; ) {
                int to = Math.min(text.length, at + 1 + random.nextInt(9));
                pieces.add(Arrays.copyOfRange(text, at, to));
                at = to;
            }
            assertThat(read(false, pieces).all())
                    .as(
                            "seed %d, round %d: %s",
                            seed, round, new String(text, StandardCharsets.ISO_8859_1))
                    .isEqualTo(whole);
        }
    }
}
