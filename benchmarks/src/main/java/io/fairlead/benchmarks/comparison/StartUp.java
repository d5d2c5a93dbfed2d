package io.fairlead.benchmarks.comparison;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * The time from the start of the launcher to the ready line, against the time a hello-world class
 * takes on the same JVM, in turns and on all cores. Used by one thread.
 */
record StartUp(Bench bench, Fairlead fairlead) {

    static final String HELLO = "hello-jvm";

    private static final String SOURCE =
            """
            public class Hello {
                public static void main(String[] arguments) {
                    System.out.println("hello");
                }
            }
            """;

    void measure(int starts, ResultFile result) throws IOException, InterruptedException {
        Path source = bench.write("hello/Hello.java", SOURCE);
        Path classes = bench.folder("hello");
        Path bin = Path.of(System.getProperty("java.home"), "bin");
        Command.with(bin.resolve("javac").toString(), source.toString()).output();
        String[] hello = {bin.resolve("java").toString(), "-cp", classes.toString(), "Hello"};
        Path config = bench.write("start-up/fairlead.yaml", Fairlead.config(bench.upstreamPort()));
        // The first start of each fills the page cache and is not counted.
        for (int i = 0; i <= starts; i++) {
            Path data = bench.folder("start-up/data-" + i);
            Window ours =
                    Window.ofStart(
                            i,
                            fairlead.name(),
                            micros(
                                    bench.unpinned(fairlead.command(config, 0, data)),
                                    Fairlead::ready));
            Window theirs =
                    Window.ofStart(i, HELLO, micros(bench.unpinned(hello), "hello"::equals));
            if (i > 0) {
                result.windows().add(ours);
                result.windows().add(theirs);
            }
        }
    }

    private static long micros(Command command, Predicate<String> last) throws IOException {
        long from = System.nanoTime();
        Process process = new ProcessBuilder(command.words()).redirectErrorStream(true).start();
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (last.test(line)) {
                    return TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - from);
                }
            }
            throw new IOException(command.words() + " ended before it was ready");
        } finally {
            Command.stop(process);
        }
    }
}
