package io.fairlead.simulator;

import java.time.Duration;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;

/**
 * Plays one {@link SimAnswer} into a {@link Sink}, with its timing and at the sink's pace: nothing
 * is made before it can be sent, so an answer of any size costs one step of memory. Confined to the
 * one thread on which the timer runs its tasks.
 */
public final class Playback {

    /**
     * Where an answer goes. After {@code end}, {@code cut} or {@code reset}, nothing is called any
     * more.
     */
    public interface Sink {
        /** Notes the head; it may wait for the first bytes, but not past {@link #flush}. */
        void head(int status, List<Header> headers, OptionalLong length);

        /**
         * Sends some bytes. {@code last} says that the answer ends well with them; {@link #end} is
         * then not called.
         *
         * @return whether more is welcome at once; if not, {@link Playback#resume} is awaited
         */
        boolean send(SimStep.Send bytes, boolean last);

        /** Makes sure that everything so far is on its way; a pause follows. */
        void flush();

        /** The answer ends well, without further bytes. */
        void end();

        /** Closes the connection in an orderly way, after what was sent. */
        void cut();

        /** Tears the connection down. */
        void reset();
    }

    /** Runs a task later, on the playback's thread. */
    @FunctionalInterface
    public interface Timer {
        /** Returns what cancels the task. */
        Runnable after(Duration delay, Runnable task);
    }

    private final SimAnswer answer;
    private final Sink sink;
    private final Timer timer;
    private Iterator<SimStep> steps = Collections.emptyIterator();
    private Runnable cancelTimer = Playback::doNothing;
    private boolean running;
    private boolean started;
    private boolean waiting;
    private boolean full;
    private boolean resumed;
    private boolean over;

    public Playback(SimAnswer answer, Sink sink, Timer timer) {
        this.answer = answer;
        this.sink = sink;
        this.timer = timer;
    }

    /** Begins; to be called once. */
    public void start() {
        switch (answer) {
            case SimAnswer.Reply reply -> afterDelay(reply.delay(), () -> open(reply));
            case SimAnswer.Hangup hangup -> afterDelay(hangup.delay(), () -> finish(sink::cut));
            case SimAnswer.Reset reset -> afterDelay(reset.delay(), () -> finish(sink::reset));
            case SimAnswer.Silence _ -> waiting = true;
        }
    }

    /** The sink takes bytes again. */
    public void resume() {
        full = false;
        resumed = true;
        run();
    }

    /** The receiver is gone: nothing more is played. */
    public void cancel() {
        over = true;
        cancelTimer.run();
        cancelTimer = Playback::doNothing;
    }

    /** Whether the answer was played to its end, whatever end that was, or cancelled. */
    public boolean isOver() {
        return over;
    }

    private void afterDelay(Duration delay, Runnable task) {
        if (delay.isZero()) {
            task.run();
            return;
        }
        waiting = true;
        cancelTimer =
                timer.after(
                        delay,
                        () -> {
                            waiting = false;
                            cancelTimer = Playback::doNothing;
                            if (!over) {
                                task.run();
                            }
                        });
    }

    private void open(SimAnswer.Reply reply) {
        started = true;
        steps = reply.body().steps();
        sink.head(reply.status(), reply.headers(), reply.body().length());
        run();
    }

    private void run() {
        if (running || !started) {
            return; // a sink may call resume from within send
        }
        running = true;
        try {
            while (!over && !waiting && !full) {
                if (!steps.hasNext()) {
                    finish(sink::end);
                    return;
                }
                play(steps.next());
            }
        } finally {
            running = false;
        }
    }

    private void play(SimStep step) {
        switch (step) {
            case SimStep.Send bytes -> {
                boolean last = !steps.hasNext();
                over = last;
                resumed = false;
                boolean welcome = sink.send(bytes, last);
                full = !welcome && !resumed;
            }
            case SimStep.Wait wait -> {
                if (!wait.duration().isZero()) {
                    sink.flush();
                    afterDelay(wait.duration(), this::run);
                }
            }
            case SimStep.Cut _ -> finish(sink::cut);
            case SimStep.Reset _ -> finish(sink::reset);
            case SimStep.Stall _ -> {
                sink.flush();
                waiting = true;
            }
        }
    }

    private void finish(Runnable ending) {
        over = true;
        ending.run();
    }

    private static void doNothing() {}
}
