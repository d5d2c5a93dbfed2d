package io.fairlead.gateway.cli;

import io.fairlead.gateway.app.EventLoops;
import io.fairlead.gateway.config.ConfigSource;

import java.nio.file.Path;
import java.util.List;

/** {@code fairlead serve}: runs the gateway until SIGTERM. Used by the main thread only. */
final class ServeCommand implements Command {
    static final List<Option> OPTIONS =
            List.of(
                    Configured.CONFIG,
                    new Option("--host", "H", "address to listen on (default: 127.0.0.1)"),
                    new Option(
                            "--port", "P", "port to listen on; 0 takes a free one (default: 4000)"),
                    new Option("--data", "DIR", "data directory (default: ./fairlead-data)"));

    @Override
    public String name() {
        return "serve";
    }

    @Override
    public String summary() {
        return "run the gateway (the default)";
    }

    @Override
    public List<Option> options() {
        return OPTIONS;
    }

    @Override
    public int run(Arguments arguments, Console console) {
        ConfigSource.Overrides overrides = overrides(arguments);
        var loops = EventLoops.begin();
        Configured configured = Configured.read(arguments, overrides);
        return configured.good(console)
                ? Serving.run(configured, data(arguments), loops, console)
                : 2;
    }

    static ConfigSource.Overrides overrides(Arguments arguments) {
        return new ConfigSource.Overrides(arguments.text("--host"), arguments.port("--port"));
    }

    static Path data(Arguments arguments) {
        return Path.of(arguments.text("--data").orElse("fairlead-data"));
    }
}
