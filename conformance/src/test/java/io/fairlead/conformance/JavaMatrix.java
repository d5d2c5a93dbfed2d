package io.fairlead.conformance;

import io.fairlead.kernel.Protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs every case for every SDK for Java at every provider. Stateless: any thread. */
final class JavaMatrix {
    private static final String NO_STREAM = "there is no stream to break";

    private JavaMatrix() {}

    /** The SDKs, each asking this gateway. */
    static List<JavaClient<?>> clients(String url, String key) {
        return List.of(new AnthropicJava(url, key), new GoogleJava(url, key));
    }

    /** All results; the clients run side by side. */
    static List<SdkMatrix.Result> run(List<JavaClient<?>> clients) throws Exception {
        List<SdkMatrix.Result> all = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(clients.size())) {
            List<Future<List<SdkMatrix.Result>>> running = new ArrayList<>();
            for (JavaClient<?> client : clients) {
                running.add(threads.submit(() -> runAll(client)));
            }
            for (Future<List<SdkMatrix.Result>> results : running) {
                all.addAll(results.get());
            }
        }
        return all;
    }

    private static List<SdkMatrix.Result> runAll(JavaClient<?> client) {
        List<SdkMatrix.Result> results = new ArrayList<>();
        for (Protocol provider : SimulatedProviders.ALL) {
            for (Map.Entry<String, JavaCases.Case> one : JavaCases.all().entrySet()) {
                for (boolean stream : new boolean[] {false, true}) {
                    results.add(run(client, provider, one.getKey(), one.getValue(), stream));
                }
            }
        }
        return results;
    }

    private static SdkMatrix.Result run(
            JavaClient<?> client,
            Protocol provider,
            String name,
            JavaCases.Case asked,
            boolean stream) {
        String at = provider.wireName();
        if (name.equals("broken stream") && !stream) {
            return new SdkMatrix.Result(client.name(), at, name, stream, "lacks", NO_STREAM);
        }
        if (client.lacks().containsKey(name)) {
            String why = client.lacks().getOrDefault(name, "");
            return new SdkMatrix.Result(client.name(), at, name, stream, "lacks", why);
        }
        if (name.equals("filter") && provider == Protocol.OLLAMA) {
            String why = "Ollama has no word for a filter";
            return new SdkMatrix.Result(client.name(), at, name, stream, "lacks", why);
        }
        try {
            asked.run(client, at + "/m", JavaClient.Options.of(stream));
            return new SdkMatrix.Result(client.name(), at, name, stream, "passed", "");
        } catch (Exception | AssertionError failure) {
            return new SdkMatrix.Result(
                    client.name(), at, name, stream, "failed", failure.toString());
        }
    }
}
