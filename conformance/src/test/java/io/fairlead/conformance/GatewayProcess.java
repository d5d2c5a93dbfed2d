package io.fairlead.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The packaged gateway as a process of its own, started through the launcher as a user starts it.
 * Standard output and error go to files in its folder, so that a test can search all it produced.
 * Not thread-safe.
 */
final class GatewayProcess implements AutoCloseable {
    /** An admin key for tests that want one. */
    static final String ADMIN_KEY = "admin-key-of-the-conformance-tests";

    private static final Pattern READY =
            Pattern.compile("fairlead: ready on (http[^ ]+) in ([0-9.]+) s");
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Process process;
    private final Path folder;
    private final URI url;
    private final double readySeconds;

    private GatewayProcess(Process process, Path folder, URI url, double readySeconds) {
        this.process = process;
        this.folder = folder;
        this.url = url;
        this.readySeconds = readySeconds;
    }

    /** What to start; {@link #start} waits for the ready line. */
    static final class Launch {
        private final Path folder;
        private final List<String> arguments = new ArrayList<>();
        private final Map<String, String> environment = new HashMap<>();

        private Launch(Path folder) {
            this.folder = folder;
        }

        /** The configuration file's text; without it the gateway starts with no file. */
        Launch config(String yaml) {
            try {
                Files.writeString(folder.resolve("fairlead.yaml"), yaml);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            arguments.add("--config");
            arguments.add(folder.resolve("fairlead.yaml").toString());
            return this;
        }

        Launch env(String name, String value) {
            environment.put(name, value);
            return this;
        }

        /** JVM options such as {@code -Xmx256m}. */
        Launch jvm(String options) {
            return env("FAIRLEAD_JAVA_OPTS", options);
        }

        Launch argument(String argument) {
            arguments.add(argument);
            return this;
        }

        GatewayProcess start() {
            try {
                List<String> command = new ArrayList<>();
                command.add(launcher().toString());
                command.add("serve");
                command.add("--port");
                command.add("0");
                command.add("--data");
                command.add(folder.resolve("data").toString());
                command.addAll(arguments);
                ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
                // Provider keys of whoever runs the tests must not take part in them.
                builder.environment().keySet().removeIf(GatewayProcess::isProviderVariable);
                builder.environment().putAll(environment);
                Path out = folder.resolve("out.log");
                builder.redirectOutput(ProcessBuilder.Redirect.appendTo(out.toFile()));
                builder.redirectError(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("err.log").toFile()));
                long before = Files.exists(out) ? Files.size(out) : 0;
                Process process = builder.start();
                return awaitReady(process, out, before);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private GatewayProcess awaitReady(Process process, Path out, long from) throws IOException {
            long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
            while (System.nanoTime() < deadline) {
                byte[] all = Files.exists(out) ? Files.readAllBytes(out) : new byte[0];
                String text =
                        new String(
                                all, (int) from, all.length - (int) from, StandardCharsets.UTF_8);
                Matcher ready = READY.matcher(text);
                if (ready.find()) {
                    return new GatewayProcess(
                            process,
                            folder,
                            URI.create(ready.group(1)),
                            Double.parseDouble(ready.group(2)));
                }
                if (!process.isAlive()) {
                    throw new IllegalStateException(
                            "the gateway ended with "
                                    + process.exitValue()
                                    + " before it was ready:\n"
                                    + text
                                    + Files.readString(folder.resolve("err.log")));
                }
                pause();
            }
            process.destroyForcibly();
            throw new IllegalStateException("the gateway was not ready within 60 s");
        }

        private static void pause() {
            try {
                TimeUnit.MILLISECONDS.sleep(5);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    /** Prepares a gateway that keeps its data, configuration and logs in {@code folder}. */
    static Launch in(Path folder) {
        return new Launch(folder);
    }

    /** The project's folder. */
    static Path project() {
        Path here = Path.of("").toAbsolutePath();
        return Files.exists(here.resolve("mvnw")) ? here : Objects.requireNonNull(here.getParent());
    }

    static Path launcher() {
        return project().resolve("fairlead");
    }

    static boolean isProviderVariable(String name) {
        return name.endsWith("_API_KEY") || name.endsWith("_BASE_URL") || name.endsWith("_TOKEN");
    }

    /** Where it serves, for example {@code http://127.0.0.1:41234}. */
    URI url() {
        return url;
    }

    URI url(String path) {
        return URI.create(url + path);
    }

    double readySeconds() {
        return readySeconds;
    }

    long pid() {
        return process.pid();
    }

    Path folder() {
        return folder;
    }

    /** All it has written to standard output and error so far. */
    String output() {
        try {
            return Files.readString(folder.resolve("out.log"))
                    + Files.readString(folder.resolve("err.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A GET with the admin key; the body of a 200, anything else is an error. */
    String admin(String path) {
        HttpRequest request =
                HttpRequest.newBuilder(url(path))
                        .header("authorization", "Bearer " + ADMIN_KEY)
                        .build();
        HttpResponse<String> response = send(request);
        if (response.statusCode() != 200) {
            throw new IllegalStateException(
                    path + " answered " + response.statusCode() + ": " + response.body());
        }
        return response.body();
    }

    /** A POST of JSON to a path, with further headers as name, value, name, value. */
    HttpResponse<String> post(String path, String json, String... headers) {
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(url(path))
                        .timeout(Duration.ofSeconds(60))
                        .header("content-type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(json));
        if (headers.length > 0) {
            builder.headers(headers);
        }
        return send(builder.build());
    }

    static HttpResponse<String> send(HttpRequest request) {
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Waits until a condition holds; fails if that takes longer than 60 s. */
    static void await(BooleanSupplier condition, String what) {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within 60 s: " + what);
            }
            Launch.pause();
        }
    }

    /** SIGTERM, without waiting. */
    void terminate() {
        process.destroy();
    }

    /** SIGTERM; waits for the end and returns the exit code. */
    int stop() {
        process.destroy();
        return awaitEnd();
    }

    /** SIGKILL. */
    void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    int awaitEnd() {
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("the gateway did not end within 60 s");
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            process.destroyForcibly();
            awaitEnd();
        }
    }
}
