package io.fairlead.gateway.routing;

import io.fairlead.kernel.ProviderFault;

/** Facts about faults that records and messages want. Stateless. */
public final class Faults {
    private Faults() {}

    /** The provider's status; 0: it gave none. */
    public static int status(ProviderFault fault) {
        return switch (fault) {
            case ProviderFault.Throttled throttled -> throttled.status();
            case ProviderFault.CredentialRefused refused -> refused.status();
            case ProviderFault.Overloaded overloaded -> overloaded.status();
            case ProviderFault.ServerError error -> error.status();
            case ProviderFault.Rejected rejected -> rejected.status();
            case ProviderFault.NotThere notThere -> notThere.status();
            case ProviderFault.InStreamError error -> error.status();
            case ProviderFault.Malformed _, ProviderFault.TooLarge _, ProviderFault.Empty _ -> 200;
            case ProviderFault.Unreachable _,
                    ProviderFault.Broken _,
                    ProviderFault.TimedOut _,
                    ProviderFault.Unsuitable _ ->
                    0;
        };
    }

    /** Its name in records, metrics and messages. */
    public static String name(ProviderFault fault) {
        return switch (fault) {
            case ProviderFault.Unreachable _ -> "unreachable";
            case ProviderFault.Broken _ -> "broken";
            case ProviderFault.TimedOut _ -> "timed_out";
            case ProviderFault.Throttled _ -> "throttled";
            case ProviderFault.CredentialRefused _ -> "credential_refused";
            case ProviderFault.Overloaded _ -> "overloaded";
            case ProviderFault.ServerError _ -> "server_error";
            case ProviderFault.Rejected _ -> "rejected";
            case ProviderFault.NotThere _ -> "not_there";
            case ProviderFault.Unsuitable _ -> "unsuitable";
            case ProviderFault.Malformed _ -> "malformed";
            case ProviderFault.TooLarge _ -> "too_large";
            case ProviderFault.Empty _ -> "empty";
            case ProviderFault.InStreamError _ -> "in_stream_error";
        };
    }
}
