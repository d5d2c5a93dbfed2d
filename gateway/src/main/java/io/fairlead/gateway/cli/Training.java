package io.fairlead.gateway.cli;

import io.fairlead.simulator.openai.OpenAiSimulator;
import io.fairlead.simulator.openai.SimModels;
import io.fairlead.simulator.server.SimulatorServer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The training run behind the AOT cache: starts the gateway as a user does, in a process of its own
 * so that the cache holds nothing but what the gateway needs, sends requests of several kinds
 * through it, and ends it in order. Run by the build; its arguments are a folder for the data and
 * the command that runs the JVM to train. Used by the main thread only.
 */
public final class Training {
    private static final int ROUNDS = 200;
    private static final Duration LONGEST = Duration.ofMinutes(2);
    private static final String ADMIN = "admin-key-of-the-training-run";
    private static final String KEY = "virtual-key-of-the-training-run";
    private static final Pattern READY = Pattern.compile("ready on (http\\S+)");

    private Training() {}

    public static void main(String[] args) {
        Path folder = Path.of(args[0]);
        List<String> jvm = Arrays.asList(args).subList(1, args.length);
        try (SimulatorServer provider =
                SimulatorServer.start(
                        new OpenAiSimulator(SimModels.lenientBuiltIn(), InstantSource.system()))) {
            train(gateway(jvm, folder, provider.baseUrl()));
            System.exit(0);
        } catch (IOException | InterruptedException | RuntimeException e) {
            e.printStackTrace();
            Runtime.getRuntime().halt(1);
        }
    }

    private static Process gateway(List<String> jvm, Path folder, String provider)
            throws IOException {
        Files.createDirectories(folder);
        Path config = folder.resolve("training.yaml");
        Files.writeString(config, configuration(provider));
        List<String> command = new ArrayList<>(jvm);
        command.add(Main.class.getName());
        command.addAll(List.of("serve", "--port", "0", "--data", folder.toString()));
        command.addAll(List.of("--config", config.toString()));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    /**
     * In the ways that people write YAML, because each has classes of its own, and one that is not
     * in the cache opens the jar of all libraries.
     */
    private static String configuration(String provider) {
        return """
        # what a user's file looks like
        server: { admin_key: "%s" }
        providers:
          openai:
            api_key: x
            base_url: "%s/v1"
        models:
          smart:
            targets:
              - { model: 'openai/gpt-4o' }
              - model: openai/gpt-4o-mini
          short: openai/gpt-4o-mini
        keys:
          - name: training
            secret: ${TRAINING_KEY:-%s}
            models: ["*"]
          - { name: other, secret: "another-key-of-the-training-run" }
        """
                .formatted(ADMIN, provider, KEY);
    }

    /** A build must fail rather than hang, so the gateway is killed when it takes too long. */
    private static void train(Process gateway) throws IOException, InterruptedException {
        Thread.ofPlatform().daemon().start(() -> killInTime(gateway));
        try (BufferedReader lines = gateway.inputReader(StandardCharsets.UTF_8)) {
            String url = awaitUrl(lines);
            // nobody reads on, and a full pipe would stop the gateway
            Thread.ofPlatform().daemon().start(() -> lines.lines().forEach(_ -> {}));
            requests(url);
            gateway.destroy();
            int code = gateway.waitFor();
            if (code != 0) {
                throw new IOException("the gateway ended with exit code " + code);
            }
        } finally {
            gateway.destroyForcibly();
        }
    }

    private static void killInTime(Process gateway) {
        try {
            if (!gateway.waitFor(LONGEST)) {
                gateway.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String awaitUrl(BufferedReader lines) throws IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            Matcher ready = READY.matcher(line);
            if (ready.find()) {
                return ready.group(1);
            }
        }
        throw new IOException("the gateway ended before it was ready");
    }

    /** No question to the admin API: it would bring 700 classes to every start. */
    private static void requests(String url) throws IOException {
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
        for (String path : List.of("/health/ready", "/metrics", "/v1/models")) {
            call(url + path, ADMIN);
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
