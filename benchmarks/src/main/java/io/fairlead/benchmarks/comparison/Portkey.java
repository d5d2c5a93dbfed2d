package io.fairlead.benchmarks.comparison;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Portkey's gateway from npm, in its production form. The pins of hono are needed: with what npm
 * picks by itself every streamed answer fails. Used by one thread.
 */
record Portkey(Path folder) implements Candidate {

    private static final String VERSION = "1.15.2";
    private static final String[] PACKAGES = {
        "@portkey-ai/gateway@" + VERSION,
        "@hono/node-server@1.13.5",
        "hono@4.9.7",
        "@hono/node-ws@1.2.0"
    };
    private static final String SERVER = "node_modules/@portkey-ai/gateway/build/start-server.js";

    /** The gateway has no host flag and listens on all interfaces; this keeps it on loopback. */
    private static final String LOOPBACK =
            """
            import net from 'node:net';
            const listen = net.Server.prototype.listen;
            net.Server.prototype.listen = function (...given) {
              const callbacks = given.filter((g) => typeof g === 'function');
              const options = typeof given[0] === 'object' && given[0] !== null ? given[0] : { port: given[0] };
              return listen.call(this, { ...options, host: '127.0.0.1' }, ...callbacks);
            };
            """;

    @Override
    public String name() {
        return "portkey";
    }

    @Override
    public boolean warmsUp() {
        return true;
    }

    @Override
    public boolean slow() {
        return true;
    }

    @Override
    public String headers(int upstreamPort) {
        return "x-portkey-provider: openai\r\nx-portkey-custom-host: http://127.0.0.1:"
                + upstreamPort
                + "/v1\r\nauthorization: Bearer sk-upstream\r\n";
    }

    @Override
    public Optional<String> missing() throws IOException, InterruptedException {
        if (!Command.found("npm")) {
            return Optional.of("npm is not installed");
        }
        if (Files.exists(folder.resolve(SERVER))) {
            return Optional.empty();
        }
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("package.json"), "{\"private\": true}\n");
        int exit =
                Command.run(
                        folder,
                        folder.resolve("npm.log"),
                        Command.with("npm", "install", "--save-exact", "--no-audit", "--no-fund")
                                .and(PACKAGES));
        return exit == 0 && Files.exists(folder.resolve(SERVER))
                ? Optional.empty()
                : Optional.of("npm could not install it, see " + folder.resolve("npm.log"));
    }

    @Override
    public Running start(Bench bench) throws IOException, InterruptedException {
        int port = Bench.freePort();
        var preload = bench.write("portkey/loopback.mjs", LOOPBACK);
        return bench.startProxy(
                this,
                port,
                Map.of("NODE_ENV", "production"),
                "node",
                "--import",
                preload.toUri().toString(),
                folder.resolve(SERVER).toAbsolutePath().toString(),
                "--port=" + port,
                "--headless");
    }

    @Override
    public String about(Running running) throws IOException, InterruptedException {
        return "@portkey-ai/gateway "
                + VERSION
                + ", Node "
                + Command.firstLine("node", "--version");
    }
}
