package io.fairlead.gateway.cli;

import io.fairlead.gateway.app.Gateway;
import io.fairlead.gateway.app.Launch;
import io.fairlead.gateway.app.StartException;
import io.fairlead.gateway.config.GatewayConfig;
import io.vertx.core.Vertx;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
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
        console.out()
                .println(
                        String.format(
                                Locale.ROOT,
                                "fairlead: ready on %s in %.2f s",
                                gateway.url(),
                                sinceStart().toMillis() / 1e3));
        console.out().print(Banner.of(launch, gateway));
        console.out().flush();
        return untilStopped();
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

    /** Since the process began, the start of the JVM included. */
    private static Duration sinceStart() {
        return ProcessHandle.current()
                .info()
                .startInstant()
                .map(start -> Duration.between(start, Instant.now()))
                .orElse(Duration.ZERO);
    }
}
