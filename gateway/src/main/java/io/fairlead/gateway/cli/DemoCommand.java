package io.fairlead.gateway.cli;

import io.fairlead.gateway.app.EventLoops;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * {@code fairlead demo}: serves with simulated providers. Its configuration is written into the
 * data directory, where it can be looked at and changed while the demo runs. Used by the main
 * thread only.
 */
final class DemoCommand implements Command {
    private static final String FILE = "demo.yaml";

    @Override
    public String name() {
        return "demo";
    }

    @Override
    public String summary() {
        return "serve with simulated providers: latency, errors, prices; no provider key needed";
    }

    @Override
    public List<Option> options() {
        return List.of(
                new Option("--host", "H", "address to listen on (default: 127.0.0.1)"),
                new Option("--port", "P", "port to listen on; 0 takes a free one (default: 4000)"),
                new Option("--data", "DIR", "data directory (default: ./fairlead-data/demo)"));
    }

    @Override
    public int run(Arguments arguments, Console console) {
        var loops = EventLoops.begin();
        Path data = Path.of(arguments.text("--data").orElse("fairlead-data/demo"));
        Path file = data.resolve(FILE);
        try {
            Files.createDirectories(data);
            try (InputStream text = DemoCommand.class.getResourceAsStream(FILE)) {
                if (text == null) {
                    throw new IllegalStateException(FILE + " is missing in this build");
                }
                Files.write(file, text.readAllBytes());
            }
        } catch (IOException e) {
            console.err()
                    .println("fairlead demo: " + file + " can't be written: " + e.getMessage());
            return 1;
        }
        Configured configured = Configured.of(Optional.of(file), ServeCommand.overrides(arguments));
        return configured.good(console) ? Serving.run(configured, data, loops, console) : 2;
    }
}
