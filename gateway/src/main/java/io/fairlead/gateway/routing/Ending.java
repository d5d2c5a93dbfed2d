package io.fairlead.gateway.routing;

import io.fairlead.gateway.routing.Failover.Attempt;
import io.fairlead.gateway.routing.Health.Slot;
import io.fairlead.kernel.ErrorCode;
import io.fairlead.kernel.GatewayError;
import io.fairlead.kernel.ProviderFault;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What the client is told when no attempt is left. Stateless. */
final class Ending {
    /** For a 429 or 503 whose provider did not say when to come back. */
    private static final Duration SOON = Duration.ofSeconds(1);

    private static final int MOST_LISTED = 12;

    private Ending() {}

    static Step of(RoutePlan plan, List<Attempt> attempts, boolean late, Health health, long now) {
        if (attempts.isEmpty()) {
            return new Step.GiveUp(late ? tooLate() : allCoolingDown(plan, health, now));
        }
        ProviderFault last = attempts.getLast().fault();
        if (last instanceof ProviderFault.Rejected
                || (last instanceof ProviderFault.NotThere && nobodyHasIt(attempts))) {
            return new Step.PassOn(last);
        }
        if (last instanceof ProviderFault.Unsuitable unsuitable && nobodyCan(attempts)) {
            return new Step.GiveUp(
                    GatewayError.of(ErrorCode.UNSUPPORTED_PARAMETER, unsuitable.message())
                            .withParam(unsuitable.parameter()));
        }
        return new Step.GiveUp(error(last, attempts));
    }

    private static boolean nobodyCan(List<Attempt> attempts) {
        return attempts.stream().allMatch(it -> it.fault() instanceof ProviderFault.Unsuitable);
    }

    private static boolean nobodyHasIt(List<Attempt> attempts) {
        return attempts.stream().allMatch(it -> it.fault() instanceof ProviderFault.NotThere);
    }

    private static GatewayError error(ProviderFault last, List<Attempt> attempts) {
        int status = Faults.status(last);
        String message = message(last, attempts);
        return switch (last) {
            case ProviderFault.TimedOut _ -> GatewayError.of(ErrorCode.UPSTREAM_TIMEOUT, message);
            case ProviderFault.Throttled throttled ->
                    GatewayError.of(ErrorCode.RATE_LIMITED, message)
                            .withRetryAfter(throttled.retryAfter().orElse(SOON));
            case ProviderFault.Overloaded overloaded ->
                    GatewayError.of(ErrorCode.UPSTREAM_ERROR, message)
                            .withStatus(503)
                            .withRetryAfter(overloaded.retryAfter().orElse(SOON));
            case ProviderFault.ServerError _, ProviderFault.InStreamError _ ->
                    ofStatus(status, message);
            case ProviderFault.Unreachable _,
                    ProviderFault.Broken _,
                    ProviderFault.CredentialRefused _,
                    ProviderFault.Rejected _,
                    ProviderFault.NotThere _,
                    ProviderFault.Unsuitable _,
                    ProviderFault.Malformed _,
                    ProviderFault.TooLarge _,
                    ProviderFault.Empty _ ->
                    GatewayError.of(ErrorCode.UPSTREAM_ERROR, message);
        };
    }

    private static GatewayError ofStatus(int status, String message) {
        return switch (status) {
            case 400, 413, 415, 422 ->
                    GatewayError.of(ErrorCode.INVALID_REQUEST, message).withStatus(status);
            case 404 -> GatewayError.of(ErrorCode.NOT_FOUND, message);
            case 429 -> GatewayError.of(ErrorCode.RATE_LIMITED, message).withRetryAfter(SOON);
            case 408, 504 -> GatewayError.of(ErrorCode.UPSTREAM_TIMEOUT, message);
            case 503, 529 ->
                    GatewayError.of(ErrorCode.UPSTREAM_ERROR, message)
                            .withStatus(503)
                            .withRetryAfter(SOON);
            default -> GatewayError.of(ErrorCode.UPSTREAM_ERROR, message);
        };
    }

    private static String message(ProviderFault last, List<Attempt> attempts) {
        StringBuilder text = new StringBuilder(200);
        text.append(
                attempts.size() == 1
                        ? "The only attempt failed: "
                        : "All " + attempts.size() + " attempts failed: ");
        int from = Math.max(0, attempts.size() - MOST_LISTED);
        if (from > 0) {
            text.append("…, ");
        }
        for (int i = from; i < attempts.size(); i++) {
            Attempt attempt = attempts.get(i);
            int status = Faults.status(attempt.fault());
            text.append(i == from ? "" : ", ")
                    .append(attempt.deployment().id())
                    .append(' ')
                    .append(
                            status == 0
                                    ? Faults.name(attempt.fault()).replace('_', ' ')
                                    : String.valueOf(status));
        }
        return text.append(". Last: ").append(last.message()).toString();
    }

    private static GatewayError tooLate() {
        return GatewayError.of(
                ErrorCode.UPSTREAM_TIMEOUT,
                "The total deadline passed before an attempt could begin.");
    }

    private static GatewayError allCoolingDown(RoutePlan plan, Health health, long now) {
        Duration soonest =
                plan.candidates().stream()
                        .map(RoutePlan.Candidate::deployment)
                        .flatMap(deployment ->
                                deployment.keys().isEmpty()
                                        ? java.util.stream.Stream.of(
                                                Slot.of(deployment, Optional.empty()))
                                        : deployment.keys().stream()
                                                .map(key -> Slot.of(deployment, Optional.of(key))))
                        .map(slot -> health.untilProbe(slot, now))
                        .min(Duration::compareTo)
                        .filter(wait -> wait.compareTo(SOON) > 0)
                        .orElse(SOON);
        return GatewayError.of(
                        ErrorCode.NO_DEPLOYMENT_AVAILABLE,
                        "Every deployment of "
                                + plan.requested()
                                + " failed repeatedly and is cooling down.")
                .withRetryAfter(soonest);
    }
}
