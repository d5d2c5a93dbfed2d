package io.fairlead.gateway.cli;

import io.fairlead.gateway.app.CatalogueFacts;
import io.fairlead.gateway.catalogue.Catalogue;
import io.fairlead.gateway.config.CatalogueNames;
import io.fairlead.gateway.config.ConfigReading;
import io.fairlead.gateway.config.ConfigSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The configuration as the command line finds it: {@code --config FILE}, else {@code fairlead.yaml}
 * if it exists, else the environment alone. Immutable.
 */
record Configured(
        ConfigSource source,
        ConfigReading reading,
        Map<String, String> environment,
        Catalogue catalogue) {
    static final Option CONFIG =
            new Option("--config", "FILE", "configuration (default: fairlead.yaml if it exists)");
    private static final Path USUAL = Path.of("fairlead.yaml");

    static Configured read(Arguments arguments, ConfigSource.Overrides overrides) {
        Optional<Path> file =
                arguments
                        .text(CONFIG.name())
                        .map(Path::of)
                        .or(() -> Files.exists(USUAL) ? Optional.of(USUAL) : Optional.empty());
        return of(file, overrides);
    }

    static Configured of(Optional<Path> file, ConfigSource.Overrides overrides) {
        // the catalogue and the file are read at the same time
        CompletableFuture<Catalogue> catalogue =
                CompletableFuture.supplyAsync(
                        Catalogue::builtIn, Thread.ofPlatform().name("catalogue").daemon()::start);
        CompletableFuture<CatalogueNames> names = catalogue.thenApply(CatalogueFacts::of);
        Map<String, String> environment = ConfigSource.environment();
        ConfigSource source = new ConfigSource(file, environment, overrides, names::join);
        return new Configured(source, source.read(), environment, catalogue.join());
    }

    /**
     * Prints what is wrong, and what the operator should know; whether the configuration is good.
     */
    boolean good(Console console) {
        reading.problems().forEach(problem -> console.err().println(problem));
        reading.warnings().forEach(warning -> console.err().println("warning: " + warning));
        if (!reading.problems().isEmpty()) {
            int count = reading.problems().size();
            console.err().println(count + (count == 1 ? " problem" : " problems"));
        }
        return reading.config().isPresent();
    }
}
