package io.fairlead.gateway.telemetry;

import io.fairlead.gateway.catalogue.Price;
import io.fairlead.gateway.ledger.RequestRecord;
import io.fairlead.gateway.ledger.RequestRecord.AttemptRecord;
import io.fairlead.gateway.ledger.RequestRecord.Outcome;
import io.fairlead.kernel.Endpoint;
import io.fairlead.kernel.Money;
import io.fairlead.kernel.Usage;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Records for tests. Stateless. */
final class Entries {
    private Entries() {}

    static RequestRecord completed(String deployment) {
        return entry(deployment, 200, Outcome.COMPLETED, "gpt", "curl/8");
    }

    static RequestRecord failed(String deployment) {
        return entry(deployment, 404, Outcome.FAILED, "gpt", "curl/8");
    }

    static RequestRecord entry(
            String deployment, int status, Outcome outcome, String model, String agent) {
        boolean fine = status < 400;
        Optional<Price> price = fine ? Optional.of(Price.of("1", "2")) : Optional.empty();
        return new RequestRecord(
                "req_1",
                Instant.EPOCH,
                Endpoint.CHAT_COMPLETIONS,
                Optional.of("key_7f3a9c0d51e2"),
                Optional.of("app"),
                Optional.empty(),
                Optional.empty(),
                model,
                Optional.of(deployment),
                Optional.of(deployment.substring(0, deployment.indexOf('/'))),
                Optional.empty(),
                Optional.empty(),
                fine,
                status,
                outcome,
                fine ? Optional.empty() : Optional.of("not_found"),
                Optional.empty(),
                Optional.of("stop"),
                fine ? new Usage(100, 40, 0, 0, 0, 20, 5, 0, 0) : Usage.NONE,
                false,
                price,
                fine ? Optional.of(Money.usd("0.00014")) : Optional.empty(),
                List.of(
                        new AttemptRecord(
                                deployment,
                                Optional.empty(),
                                status,
                                fine ? Optional.empty() : Optional.of("not_there"),
                                Optional.empty(),
                                900_000)),
                1_500_000,
                fine ? 250_000 : -1,
                180,
                2_000,
                4_000,
                List.of(),
                Map.of(),
                Optional.empty(),
                Optional.of("127.0.0.1"),
                Optional.of(agent),
                Optional.empty(),
                Optional.empty());
    }
}
