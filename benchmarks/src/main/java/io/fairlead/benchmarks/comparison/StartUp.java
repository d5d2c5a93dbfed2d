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
    static final String MANY_KEYS = "fairlead-%d-keys".formatted(Fairlead.KEYS);

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
        // The first start of each fills the page cache and is not counted.
        for (int i = 0; i <= starts; i++) {
            Window few = start(i, fairlead.name(), 1);
            Window many = start(i, MANY_KEYS, Fairlead.KEYS);
            Window theirs =
                    Window.ofStart(i, HELLO, micros(bench.unpinned(hello), "hello"::equals));
            if (i > 0) {
                result.windows().add(few);
                result.windows().add(many);
                result.windows().add(theirs);
            }
        }
    }

    /** One start with one provider and so many declared keys, and nothing in the data folder. */
    private Window start(int number, String name, int keys)
            throws IOException, InterruptedException {
        String folder = "start-up/" + keys + "-keys/";
        Path config =
                bench.write(folder + "fairlead.yaml", Fairlead.config(bench.upstreamPort(), keys));
        Path data = bench.folder(folder + "data-" + number);
        return Window.ofStart(
                number,
                name,
                micros(bench.unpinned(fairlead.command(config, 0, data)), Fairlead::ready));
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
