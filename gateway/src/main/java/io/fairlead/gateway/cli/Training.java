package io.fairlead.gateway.cli;

import io.fairlead.simulator.openai.OpenAiSimulator;
import io.fairlead.simulator.openai.SimModels;
import io.fairlead.simulator.server.SimulatorServer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The training run behind the AOT cache: starts the gateway as a user does, sends requests of
 * several kinds through it, and ends the process in order. Run by the build; its one argument is a
 * folder for the data. Used by the main thread only.
 */
public final class Training {
    private static final int ROUNDS = 200;
    private static final Duration LONGEST = Duration.ofMinutes(2);
    private static final String ADMIN = "admin-key-of-the-training-run";
    private static final String KEY = "virtual-key-of-the-training-run";
    private static final Pattern READY = Pattern.compile("ready on (http\\S+)");

    private Training() {}

    public static void main(String[] args) {
        Thread.ofPlatform().daemon().start(Training::giveUpInTime);
        try (SimulatorServer provider =
                SimulatorServer.start(
                        new OpenAiSimulator(SimModels.lenientBuiltIn(), InstantSource.system()))) {
            train(Path.of(args[0]), provider.baseUrl());
            System.exit(0);
        } catch (IOException | InterruptedException | RuntimeException e) {
            e.printStackTrace();
            Runtime.getRuntime().halt(1);
        }
    }

    private static void train(Path folder, String provider)
            throws IOException, InterruptedException {
        Files.createDirectories(folder);
        Path config = folder.resolve("training.yaml");
        Files.writeString(
                config,
                "server: { admin_key: "
                        + ADMIN
                        + " }\nproviders: { openai: { api_key: x, base_url: \""
                        + provider
                        + "/v1\" } }\nkeys: [ { name: training, secret: "
                        + KEY
                        + " } ]\n");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Console console =
                new Console(new PrintStream(out, true, StandardCharsets.UTF_8), System.err);
        List<String> words =
                List.of(
                        "serve",
                        "--port",
                        "0",
                        "--data",
                        folder.toString(),
                        "--config",
                        config.toString());
        Thread.ofPlatform().daemon().start(() -> Main.run(words, console));
        String url = awaitUrl(out);
        for (int i = 0; i < ROUNDS; i++) {
            for (String model : List.of("sim/echo", "openai/gpt-4o")) {
                String chat =
                        "{\"model\":\""
                                + model
                                + "\",\"messages\":[{\"role\":\"user\",\"content\":\"train\"}]";
                post(url, chat + "}");
                post(url, chat + ",\"stream\":true}");
            }
        }
        for (String path : List.of("/health/ready", "/metrics", "/v1/models", "/admin/v1/usage")) {
            call(url + path, ADMIN);
        }
    }

    /** A build must fail rather than hang. */
    private static void giveUpInTime() {
        try {
            TimeUnit.NANOSECONDS.sleep(LONGEST.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(1);
    }

    private static String awaitUrl(ByteArrayOutputStream out) throws InterruptedException {
        while (true) {
            Matcher ready = READY.matcher(out.toString(StandardCharsets.UTF_8));
            if (ready.find()) {
                return ready.group(1);
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    private static void post(String url, String body) throws IOException {
        HttpURLConnection call = open(url + "/v1/chat/completions", KEY);
        call.setDoOutput(true);
        call.setRequestProperty("content-type", "application/json");
        call.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
        drain(call);
    }

    private static void call(String url, String key) throws IOException {
        drain(open(url, key));
    }

    private static HttpURLConnection open(String url, String key) throws IOException {
        HttpURLConnection call = (HttpURLConnection) URI.create(url).toURL().openConnection();
        call.setRequestProperty("authorization", "Bearer " + key);
        return call;
    }

    private static void drain(HttpURLConnection call) throws IOException {
        if (call.getResponseCode() != HttpURLConnection.HTTP_OK) {
            throw new IOException(call.getURL() + " answered " + call.getResponseCode());
        }
        try (InputStream answer = call.getInputStream()) {
            answer.readAllBytes();
        }
    }
}
