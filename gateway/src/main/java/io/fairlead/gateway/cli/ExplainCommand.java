package io.fairlead.gateway.cli;

import io.fairlead.gateway.catalogue.Deployment;
import io.fairlead.gateway.catalogue.Price;
import io.fairlead.gateway.config.ConfigSource;
import io.fairlead.gateway.config.GatewayConfig;
import io.fairlead.gateway.routing.RoutePlan;
import io.fairlead.gateway.routing.Router;
import io.fairlead.kernel.Endpoint;
import io.fairlead.kernel.GatewayException;
import io.fairlead.protocol.openai.RequestBody;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * {@code fairlead explain}: where a request would go, without sending it. It knows the
 * configuration and the catalogue, not the health of a running gateway. Used by the main thread
 * only.
 */
final class ExplainCommand implements Command {
    private static final String MODEL = "--model";
    private static final String BODY = "--body";

    @Override
    public String name() {
        return "explain";
    }

    @Override
    public String summary() {
        return "the routing decision for a request, without making it";
    }

    @Override
    public List<Option> options() {
        return List.of(
                new Option(MODEL, "NAME", "the model as a client would ask for it"),
                new Option(
                        BODY,
                        "FILE",
                        "a chat request as JSON; its model counts when --model is not given"),
                Configured.CONFIG);
    }

    @Override
    public int run(Arguments arguments, Console console) {
        Optional<Path> body = arguments.text(BODY).map(Path::of);
        try {
            Optional<String> fromBody =
                    body.isPresent() ? Optional.of(modelOf(body.get())) : Optional.empty();
            String model =
                    arguments
                            .text(MODEL)
                            .or(() -> fromBody)
                            .orElseThrow(
                                    () -> new UsageException(MODEL + " or " + BODY + " is needed"));
            Configured configured = Configured.read(arguments, ConfigSource.Overrides.NONE);
            if (!configured.good(console)) {
                return 2;
            }
            console.out().print(text(plan(configured, model)));
            return 0;
        } catch (GatewayException e) {
            console.err()
                    .println(
                            "fairlead explain: "
                                    + e.error().code().wireName()
                                    + " ("
                                    + e.error().status()
                                    + "): "
                                    + e.error().message());
            return 1;
        } catch (IOException e) {
            throw new UsageException(
                    BODY + ": " + e.getMessage() + " (expected: a file that can be read)");
        }
    }

    private static String modelOf(Path file) throws IOException {
        return RequestBody.scan(
                        Endpoint.CHAT_COMPLETIONS,
                        Optional.of("application/json"),
                        Files.readAllBytes(file))
                .facts()
                .model();
    }

    private static RoutePlan plan(Configured configured, String model) {
        GatewayConfig config = configured.reading().config().orElseThrow();
        return Router.of(
                        config,
                        configured.catalogue(),
                        name -> Optional.ofNullable(configured.environment().get(name)),
                        RandomGenerator.getDefault())
                .plan(model, Endpoint.CHAT_COMPLETIONS);
    }

    private static String text(RoutePlan plan) {
        StringBuilder text = new StringBuilder();
        text.append("requested  ").append(plan.requested()).append('\n');
        text.append("resolved   ")
                .append(
                        switch (plan.resolution()) {
                            case NAMED -> "a name under models";
                            case PROVIDER_MODEL -> "a model of a configured provider";
                            case CANONICAL ->
                                    "a model of the catalogue, at every configured provider that"
                                            + " offers it";
                            case BARE -> "an id that exactly one model has";
                        })
                .append('\n');
        TextTable table =
                new TextTable(
                        "#",
                        "DEPLOYMENT",
                        "PROTOCOL",
                        "INPUT",
                        "OUTPUT",
                        "WEIGHT",
                        "KEYS",
                        "RETRIES");
        int number = 1;
        for (RoutePlan.Candidate candidate : plan.candidates()) {
            Deployment deployment = candidate.deployment();
            Optional<Price.Rates> rates = deployment.price().map(Price::rates);
            table.row(
                    String.valueOf(number++),
                    deployment.id(),
                    deployment.protocol().wireName(),
                    rates.map(known -> known.input().toPlainString()).orElse("unpriced"),
                    rates.map(known -> known.output().toPlainString()).orElse("unpriced"),
                    String.valueOf(candidate.weight()),
                    String.valueOf(deployment.keys().size()),
                    String.format(Locale.ROOT, "%d", deployment.resilience().retries()));
        }
        return text.append('\n')
                .append(table)
                .append("prices in USD for 1,000,000 tokens; tried in this order\n")
                .toString();
    }
}
