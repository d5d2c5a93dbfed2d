package io.fairlead.gateway.store;

import io.fairlead.gateway.ledger.DurableLedger;
import io.fairlead.gateway.ledger.JournalSettings;
import io.fairlead.gateway.ledger.LedgerFullException;
import io.fairlead.gateway.ledger.RecordSamples;
import io.fairlead.gateway.ledger.RequestRecord;
import io.fairlead.gateway.ledger.Retention;
import io.fairlead.kernel.Usage;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A process for tests that appends records in a folder until it is killed or there is no room, and
 * says the number of each on its output after it was appended. Two threads append.
 */
final class LedgerProcess {
    private LedgerProcess() {}

    /** Arguments: the folder, the first number, and whether to end when there is no room. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        AtomicLong next = new AtomicLong(Long.parseLong(arguments[1]));
        int segment = 256 * 1024;
        DurableLedger ledger =
                DurableLedger.open(
                        new JournalSettings(
                                folder.resolve("journal"), segment, 64L * segment, 1 << 20, 0),
                        Stores.sqlite(folder.resolve("ledger.db")),
                        Retention.FOREVER,
                        InstantSource.fixed(RecordSamples.START));
        boolean untilFull = Boolean.parseBoolean(arguments[2]);
        Thread other = Thread.ofPlatform().start(() -> append(ledger, next, untilFull));
        append(ledger, next, untilFull);
        other.join();
        ledger.close();
        say("closed");
    }

    static RequestRecord numbered(long number) {
        return RecordSamples.withSpend(
                RecordSamples.plain(id(number), RecordSamples.START.plusMillis(number)),
                Usage.of(number, 1),
                spend(number));
    }

    static String id(long number) {
        return "id-%09d".formatted(number);
    }

    static String spend(long number) {
        return "0.000000" + number;
    }

    private static void append(DurableLedger ledger, AtomicLong next, boolean untilFull) {
        while (true) {
            if (!ledger.accepting()) {
                if (untilFull) {
                    say("not accepting");
                    return;
                }
                LockSupport.parkNanos(20_000);
                continue;
            }
            long number = next.getAndIncrement();
            try {
                ledger.append(numbered(number));
            } catch (LedgerFullException _) {
                say("refused");
                continue;
            }
            say(Long.toString(number));
            if (!untilFull) {
                // busy, but not so far ahead of the store that starting again takes long
                LockSupport.parkNanos(50_000);
            }
        }
    }

    private static void say(String line) {
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        OutputStream out = Output.STREAM;
        synchronized (out) {
            try {
                out.write(bytes);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Unbuffered, so that what was said was said before the process was killed. */
    private static final class Output {
        static final OutputStream STREAM = new java.io.FileOutputStream(java.io.FileDescriptor.out);
    }
}
