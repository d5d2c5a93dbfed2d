package io.fairlead.gateway.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
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
    private static final Duration LONGEST_START = Duration.ofSeconds(60);
    private static final Pattern READY = Pattern.compile("ready on (http\\S+)");

    private Training() {}

    public static void main(String[] args) throws InterruptedException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Console console =
                new Console(new PrintStream(out, true, StandardCharsets.UTF_8), System.err);
        Thread.ofPlatform()
                .daemon()
                .start(() -> Main.run(List.of("serve", "--port", "0", "--data", args[0]), console));
        try {
            train(awaitUrl(out));
        } catch (IOException e) {
            System.err.println(e);
            // the gateway's threads would keep the process, and with it the build, for ever
            System.exit(1);
        }
        System.exit(0);
    }

    private static void train(String url) throws IOException {
        String chat =
                "{\"model\":\"sim/echo\",\"messages\":[{\"role\":\"user\",\"content\":\"train\"}]";
        for (int i = 0; i < ROUNDS; i++) {
            post(url, chat + "}");
            post(url, chat + ",\"stream\":true}");
        }
        get(url + "/health/ready");
        get(url + "/metrics");
        get(url + "/v1/models");
    }

    private static String awaitUrl(ByteArrayOutputStream out)
            throws IOException, InterruptedException {
        long start = System.nanoTime();
        while (System.nanoTime() - start < LONGEST_START.toNanos()) {
            Matcher ready = READY.matcher(out.toString(StandardCharsets.UTF_8));
            if (ready.find()) {
                return ready.group(1);
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
        throw new IOException("not ready within " + LONGEST_START);
    }

    private static void post(String url, String body) throws IOException {
        HttpURLConnection call =
                (HttpURLConnection)
                        URI.create(url + "/v1/chat/completions").toURL().openConnection();
        call.setDoOutput(true);
        call.setRequestProperty("content-type", "application/json");
        call.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
        drain(call);
    }

    private static void get(String url) throws IOException {
        drain((HttpURLConnection) URI.create(url).toURL().openConnection());
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
