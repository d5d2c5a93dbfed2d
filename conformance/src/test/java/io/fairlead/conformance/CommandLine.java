package io.fairlead.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A command line that was run to its end. Immutable.
 *
 * @param exit its exit code
 * @param out its standard output
 * @param err its standard error
 */
record CommandLine(int exit, String out, String err) {

    /** Runs {@code ./fairlead} with arguments in a folder. */
    static CommandLine fairlead(Path folder, Map<String, String> environment, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(GatewayProcess.launcher().toString());
        command.addAll(List.of(arguments));
        return run(folder, environment, command);
    }

    /** Runs a line of a shell. */
    static CommandLine shell(Path folder, Map<String, String> environment, String line) {
        return run(folder, environment, List.of("sh", "-c", line));
    }

    private static CommandLine run(
            Path folder, Map<String, String> environment, List<String> command) {
        try {
            Path out = Files.createTempFile(folder, "out", ".txt");
            Path err = Files.createTempFile(folder, "err", ".txt");
            ProcessBuilder builder =
                    new ProcessBuilder(command)
                            .directory(folder.toFile())
                            .redirectOutput(out.toFile())
                            .redirectError(err.toFile());
            builder.environment().keySet().removeIf(GatewayProcess::isProviderVariable);
            builder.environment().putAll(environment);
            Process process = builder.start();
            process.getOutputStream().close();
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                throw new IllegalStateException(
                        String.join(" ", command) + " did not end:\n" + Files.readString(out));
            }
            return new CommandLine(
                    process.exitValue(), Files.readString(out), Files.readString(err));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** All it said. */
    String text() {
        return out + err;
    }
}
