package io.fairlead.gateway.telemetry;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;

import io.fairlead.kernel.Secret;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * Queues log events and writes them in batches on a thread of its own. A full queue drops, counts,
 * and says so in the log as soon as there is room. Producers do not wake the writer for ordinary
 * lines: it looks for itself, some times a second. Thread-safe.
 */
final class LineAppender extends AppenderBase<ILoggingEvent> {
    static final int CAPACITY = 8_192;
    private static final int BATCH = 512;
    private static final long PAUSE_NANOS = 50_000_000;

    private final ArrayBlockingQueue<ILoggingEvent> queue = new ArrayBlockingQueue<>(CAPACITY);
    private final LongAdder dropped = new LongAdder();
    private final PrintStream out;
    private final Thread writer;
    private volatile LineFormat format = new TextLines();
    private volatile SecretMask mask = new SecretMask(List.of());
    private volatile boolean stopping;
    private long droppedAndSaid;

    LineAppender(PrintStream out) {
        this.out = out;
        this.writer = Thread.ofPlatform().daemon().name("fairlead-log").unstarted(this::write);
    }

    void form(LogSettings.Form form) {
        format =
                switch (form) {
                    case TEXT -> new TextLines();
                    case JSON -> new JsonLines();
                };
    }

    void hide(Collection<Secret> secrets) {
        mask = new SecretMask(secrets);
    }

    long dropped() {
        return dropped.sum();
    }

    @Override
    public void start() {
        super.start();
        writer.start();
    }

    @Override
    public void stop() {
        if (!isStarted()) {
            return;
        }
        super.stop();
        stopping = true;
        LockSupport.unpark(writer);
        try {
            writer.join(2_000);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized")
    public void doAppend(ILoggingEvent event) {
        // AppenderBase would hold a lock here; the queue is safe without
        if (isStarted()) {
            append(event);
        }
    }

    @Override
    protected void append(ILoggingEvent event) {
        if (RequestLine.of(event) == null) {
            event.getFormattedMessage(); // arguments may change before the line is written
        }
        if (!queue.offer(event)) {
            dropped.increment();
        } else if (event.getLevel().isGreaterOrEqual(Level.WARN) || queue.size() == CAPACITY / 2) {
            LockSupport.unpark(writer);
        }
    }

    private void write() {
        List<ILoggingEvent> batch = new ArrayList<>(BATCH);
        StringBuilder text = new StringBuilder(8_192);
        StringBuilder line = new StringBuilder(512);
        while (true) {
            boolean last = stopping;
            if (queue.drainTo(batch, BATCH) == 0) {
                if (last) {
                    return;
                }
                LockSupport.parkNanos(this, PAUSE_NANOS);
                continue;
            }
            for (ILoggingEvent event : batch) {
                line.setLength(0);
                append(text, line, event);
            }
            sayWhatWasDropped(text);
            byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            out.write(bytes, 0, bytes.length);
            out.flush();
            batch.clear();
            text.setLength(0);
        }
    }

    private void append(StringBuilder text, StringBuilder line, ILoggingEvent event) {
        try {
            format.append(line, event);
        } catch (RuntimeException e) {
            line.setLength(0);
            line.append("a line of ").append(event.getLoggerName()).append(" was unprintable: ");
            line.append(e.getClass().getName());
        }
        mask.appendMasked(text, line);
        text.append('\n');
    }

    private void sayWhatWasDropped(StringBuilder text) {
        long now = dropped.sum();
        if (now > droppedAndSaid) {
            format.appendNotice(
                    text, "log: " + (now - droppedAndSaid) + " lines dropped, the queue was full");
            text.append('\n');
            droppedAndSaid = now;
        }
    }
}
