package io.fairlead.gateway.routing;

import io.fairlead.kernel.ProviderFault;

/**
 * What follows from a fault. {@link #of} is the whole table:
 *
 * <table>
 * <caption>Faults and what follows</caption>
 * <tr><th>fault</th><th>verdict</th></tr>
 * <tr><td>unreachable, broken, timed out (but not the total deadline), overloaded, server error,
 * malformed, empty</td><td>{@link #RETRY}</td></tr>
 * <tr><td>total deadline</td><td>{@link #STOP}</td></tr>
 * <tr><td>throttled</td><td>{@link #ROTATE}</td></tr>
 * <tr><td>credential refused</td><td>{@link #SET_KEY_ASIDE}</td></tr>
 * <tr><td>rejected</td><td>{@link #PASS_ON}</td></tr>
 * <tr><td>not there, too large, unsuitable</td><td>{@link #MOVE_ON}</td></tr>
 * <tr><td>error inside a 200 answer</td><td>as the status it says: 429 {@link #ROTATE}; 401, 402, 403
 * {@link #SET_KEY_ASIDE}; 404 {@link #MOVE_ON}; 400, 413, 415, 422 {@link #STOP}; all others {@link
 * #RETRY}</td></tr>
 * </table>
 *
 * Immutable.
 */
public enum Verdict {
    /** The same deployment again after a pause, as often as its {@code retries}; then the next. */
    RETRY,
    /**
     * Another key of the same provider; else after the provider's own pause, if short; else next.
     */
    ROTATE,
    /** The key is left alone for a time: another key, then the next candidate. */
    SET_KEY_ASIDE,
    /** Nothing wrong with the deployment's health, but it can't help: the next candidate. */
    MOVE_ON,
    /** The request's own fault: no further attempt, the provider's answer goes to the client. */
    PASS_ON,
    /** No further attempt; an error of ours goes to the client. */
    STOP;

    /** What follows from {@code fault}. */
    public static Verdict of(ProviderFault fault) {
        return switch (fault) {
            case ProviderFault.Unreachable _,
                    ProviderFault.Broken _,
                    ProviderFault.Overloaded _,
                    ProviderFault.ServerError _,
                    ProviderFault.Malformed _,
                    ProviderFault.Empty _ ->
                    RETRY;
            case ProviderFault.TimedOut timedOut ->
                    timedOut.which() == ProviderFault.Deadline.TOTAL ? STOP : RETRY;
            case ProviderFault.Throttled _ -> ROTATE;
            case ProviderFault.CredentialRefused _ -> SET_KEY_ASIDE;
            case ProviderFault.Rejected _ -> PASS_ON;
            case ProviderFault.NotThere _, ProviderFault.TooLarge _, ProviderFault.Unsuitable _ ->
                    MOVE_ON;
            case ProviderFault.InStreamError error -> ofStatus(error.status());
        };
    }

    private static Verdict ofStatus(int status) {
        return switch (status) {
            case 429 -> ROTATE;
            case 401, 402, 403 -> SET_KEY_ASIDE;
            case 404 -> MOVE_ON;
            case 400, 413, 415, 422 -> STOP;
            default -> RETRY;
        };
    }
}
