package io.fairlead.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

class PlaybackTest {
    private final List<String> seen = new ArrayList<>();
    private final ArrayDeque<Runnable> timers = new ArrayDeque<>();
    private boolean welcome = true;

    private final Playback.Sink sink =
            new Playback.Sink() {
                @Override
                public void head(int status, List<Header> headers, OptionalLong length) {
                    seen.add("head " + status);
                }

                @Override
                public boolean send(SimStep.Send bytes, boolean last) {
                    String text =
                            new String(
                                    bytes.array(),
                                    bytes.offset(),
                                    bytes.length(),
                                    StandardCharsets.UTF_8);
                    seen.add((last ? "last " : "send ") + text);
                    return welcome;
                }

                @Override
                public void flush() {
                    seen.add("flush");
                }

                @Override
                public void end() {
                    seen.add("end");
                }

                @Override
                public void cut() {
                    seen.add("cut");
                }

                @Override
                public void reset() {
                    seen.add("reset");
                }
            };

    private Playback play(SimAnswer answer) {
        Playback playback =
                new Playback(
                        answer,
                        sink,
                        (delay, task) -> {
                            seen.add("wait " + delay.toMillis());
                            timers.add(task);
                            return () -> timers.remove(task);
                        });
        playback.start();
        return playback;
    }

    private static SimStep.Send send(String text) {
        return new SimStep.Send(text.getBytes(StandardCharsets.UTF_8));
    }

    private static SimStep.Wait wait(int millis) {
        return new SimStep.Wait(Duration.ofMillis(millis));
    }

    @Test
    void sendsAWholeBodyAsItsLastBytes() {
        Playback playback = play(SimAnswer.json(200, "{}"));
        assertThat(seen).containsExactly("head 200", "last {}");
        assertThat(playback.isOver()).isTrue();
    }

    @Test
    void endsAnEmptyBodyWithoutBytes() {
        play(SimAnswer.json(204, ""));
        assertThat(seen).containsExactly("head 204", "end");
    }

    @Test
    void waitsBeforeTheHeadAndBetweenPieces() {
        play(
                SimAnswer.eventStream(SimBody.of(List.of(send("a"), wait(5), send("b"))))
                        .after(Duration.ofMillis(7)));
        assertThat(seen).containsExactly("wait 7");
        timers.remove().run();
        timers.remove().run();
        assertThat(seen)
                .containsExactly("wait 7", "head 200", "send a", "flush", "wait 5", "last b");
    }

    @Test
    void makesNoFurtherPieceWhileTheReceiverIsFull() {
        welcome = false;
        Playback playback =
                play(SimAnswer.eventStream(SimBody.of(List.of(send("a"), send("b"), send("c")))));
        assertThat(seen).containsExactly("head 200", "send a");
        playback.resume();
        assertThat(seen).containsExactly("head 200", "send a", "send b");
        welcome = true;
        playback.resume();
        assertThat(seen).containsExactly("head 200", "send a", "send b", "last c");
    }

    @Test
    void playsTheBadEndings() {
        play(SimAnswer.eventStream(SimBody.of(List.of(send("a"), new SimStep.Cut()))));
        play(SimAnswer.eventStream(SimBody.of(List.of(new SimStep.Reset(), send("never")))));
        play(new SimAnswer.Hangup(Duration.ZERO));
        play(new SimAnswer.Reset(Duration.ZERO));
        assertThat(seen)
                .containsExactly("head 200", "send a", "cut", "head 200", "reset", "cut", "reset");
    }

    @Test
    void staysSilentAfterAStall() {
        Playback silent = play(new SimAnswer.Silence());
        Playback stalled =
                play(SimAnswer.eventStream(SimBody.of(List.of(send("a"), new SimStep.Stall()))));
        stalled.resume();
        silent.resume();
        assertThat(seen).containsExactly("head 200", "send a", "flush");
        assertThat(stalled.isOver()).isFalse();
        assertThat(silent.isOver()).isFalse();
    }

    @Test
    void playsNothingMoreOnceCancelled() {
        Playback playback =
                play(SimAnswer.eventStream(SimBody.of(List.of(send("a"), wait(5), send("b")))));
        playback.cancel();
        assertThat(timers).isEmpty();
        playback.resume();
        assertThat(seen).containsExactly("head 200", "send a", "flush", "wait 5");
    }

    @Test
    void announcesALengthOnlyForWholeBodies() {
        assertThat(SimBody.of("abc").length()).isEqualTo(OptionalLong.of(3));
        assertThat(SimBody.events(List.of("abc")).length()).isEmpty();
    }
}
