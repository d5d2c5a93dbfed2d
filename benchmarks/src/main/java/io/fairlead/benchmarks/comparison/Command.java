package io.fairlead.benchmarks.comparison;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A command line, and the ways in which this package runs one. Immutable. */
record Command(List<String> words) {

    static Command with(String... words) {
        return new Command(List.of(words));
    }

    Command and(String... more) {
        return new Command(Stream.concat(words.stream(), Arrays.stream(more)).toList());
    }

    static boolean found(String program) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /** Runs to the end with all output in {@code log}; returns the exit code. */
    static int run(Path folder, Path log, Command command)
            throws IOException, InterruptedException {
        Files.createDirectories(log.toAbsolutePath().getParent());
        return new ProcessBuilder(command.words)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
    }

    /**
     * Runs to the end and returns standard output; what it says on standard error reaches the user.
     */
    String output() throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(words.getFirst() + " failed");
        }
        return output;
    }

    static String firstLine(String... words) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output.lines().findFirst().orElse("");
    }

    /** Asks the process and its children to end, and insists after a while. */
    static void stop(Process process) {
        List<ProcessHandle> all =
                Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
        all.forEach(ProcessHandle::destroy);
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                all.forEach(ProcessHandle::destroyForcibly);
            }
        } catch (InterruptedException interrupted) {
            all.forEach(ProcessHandle::destroyForcibly);
            Thread.currentThread().interrupt();
        }
    }
}
