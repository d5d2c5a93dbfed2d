package io.fairlead.gateway.cli;

import io.fairlead.gateway.config.ConfigSource;
import io.fairlead.gateway.config.GatewayConfig;

import java.nio.file.Path;
import java.util.List;

/**
 * {@code fairlead validate}: every problem of the configuration at once. Used by the main thread
 * only.
 */
final class ValidateCommand implements Command {
    @Override
    public String name() {
        return "validate";
    }

    @Override
    public String summary() {
        return "check the configuration: every problem at once, with line and column";
    }

    @Override
    public List<Option> options() {
        return List.of(Configured.CONFIG);
    }

    @Override
    public int run(Arguments arguments, Console console) {
        Configured configured = Configured.read(arguments, ConfigSource.Overrides.NONE);
        if (!configured.good(console)) {
            return 2;
        }
        GatewayConfig config = configured.reading().config().orElseThrow();
        String where = configured.source().file().map(Path::toString).orElse("no file");
        console.out()
                .println(
                        where
                                + ": fine ("
                                + config.providers().size()
                                + " providers, "
                                + config.models().size()
                                + " names, "
                                + config.keys().size()
                                + " keys)");
        return 0;
    }
}
