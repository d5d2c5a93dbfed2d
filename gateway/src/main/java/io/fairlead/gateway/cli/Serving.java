package io.fairlead.gateway.cli;

import io.fairlead.gateway.app.Gateway;
import io.fairlead.gateway.app.Launch;
import io.fairlead.gateway.app.StartException;
import io.fairlead.gateway.config.GatewayConfig;
import io.vertx.core.Vertx;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/** Runs a gateway from its start to the end of the process. Used by the main thread only. */
final class Serving {
    private Serving() {}

    static int run(
            Configured configured, Path data, CompletableFuture<Vertx> loops, Console console) {
        GatewayConfig config = configured.reading().config().orElseThrow();
        Launch launch =
                new Launch(
                        configured.source(),
                        configured.reading(),
                        config,
                        configured.environment(),
                        configured.catalogue(),
                        data,
                        Main.version());
        try {
            return serve(launch, Gateway.start(launch, loops), console);
        } catch (StartException e) {
            console.err().println("fairlead: " + e.getMessage());
            return e.usage() ? 2 : 1;
        }
    }

    private static int serve(Launch launch, Gateway gateway, Console console) {
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("stop").unstarted(() -> stop(gateway)));
        console.out().println(ready(gateway.url(), ProcessAge.now()));
        console.out().print(Banner.of(launch, gateway));
        console.out().flush();
        gateway.warmUp();
        return untilStopped();
    }

    static String ready(URI url, Duration age) {
        // by hand: the first String.format of a process takes longer than the rest of this class
        String hundredths = Long.toString(age.plusMillis(5).toMillis() / 10);
        String padded = "0".repeat(Math.max(0, 3 - hundredths.length())) + hundredths;
        int point = padded.length() - 2;
        return "fairlead: ready on "
                + url
                + " in "
                + padded.substring(0, point)
                + "."
                + padded.substring(point)
                + " s";
    }

    /** Runs when SIGTERM or SIGINT came: an orderly end has exit code 0, not the signal's. */
    private static void stop(Gateway gateway) {
        gateway.stop();
        Runtime.getRuntime().halt(0);
    }

    private static int untilStopped() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return 1;
    }
}
