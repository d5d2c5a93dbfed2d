package io.fairlead.benchmarks.comparison;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A started candidate: where it listens and which processes it consists of. Used by one thread. */
record Running(Candidate candidate, int port, List<Process> processes) implements AutoCloseable {

    private static final int PAGE_KIB = 4;

    /** The processes and all their children, found anew each time: a launcher may start others. */
    List<Long> pids() {
        return processes.stream()
                .flatMap(p -> Stream.concat(Stream.of(p.toHandle()), p.descendants()))
                .map(ProcessHandle::pid)
                .toList();
    }

    long residentKib() throws IOException {
        long sum = 0;
        for (long pid : pids()) {
            String[] pages =
                    Files.readString(Path.of("/proc", Long.toString(pid), "statm")).split(" ", -1);
            sum += Long.parseLong(pages[1]) * PAGE_KIB;
        }
        return sum;
    }

    @Override
    public void close() {
        processes.forEach(Command::stop);
    }
}
