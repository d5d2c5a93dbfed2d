package io.fairlead.gateway.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
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
    private static final Pattern READY = Pattern.compile("ready on (http\\S+)");

    private Training() {}

    public static void main(String[] args) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Console console =
                new Console(new PrintStream(out, true, StandardCharsets.UTF_8), System.err);
        Thread.ofPlatform()
                .daemon()
                .start(() -> Main.run(List.of("serve", "--port", "0", "--data", args[0]), console));
        String url = awaitUrl(out);
        String chat =
                "{\"model\":\"sim/echo\",\"messages\":[{\"role\":\"user\",\"content\":\"train\"}]";
        for (int i = 0; i < ROUNDS; i++) {
            post(url, chat + "}");
            post(url, chat + ",\"stream\":true}");
        }
        get(url + "/health/ready");
        get(url + "/metrics");
        get(url + "/v1/models");
        get(url + "/admin/v1/usage");
        System.exit(0);
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
