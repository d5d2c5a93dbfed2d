package io.fairlead.gateway.catalogue;

import io.fairlead.kernel.Dialect;
import io.fairlead.kernel.Protocol;
import io.fairlead.kernel.Service;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A seller of models, as the catalogue knows it. URLs may hold <code>${NAME}</code>, to be taken
 * from the environment. Immutable.
 *
 * @param id the name in the catalogue and, by default, in the configuration
 * @param name for people
 * @param protocolName what it speaks first; may be one that {@link Protocol} does not know
 * @param baseUrl without a trailing slash; absent: the operator must say
 * @param auth ways to authenticate, the preferred first
 * @param env environment variables its own SDK reads: keys and what its base URL needs
 * @param kind what sort of seller it is
 * @param billing how it bills
 * @param endpoints base URLs by the name of further protocols that it speaks
 * @param makerOf makers whose own shop it is
 * @param docs its documentation; absent: not known
 * @param services the dialects of services that are not those of its protocol
 * @param quirks how it differs from the owner of its protocol
 */
public record Provider(
        String id,
        String name,
        String protocolName,
        Optional<String> baseUrl,
        List<String> auth,
        List<String> env,
        Kind kind,
        Billing billing,
        Map<String, String> endpoints,
        List<String> makerOf,
        Optional<String> docs,
        Map<Service, Dialect> services,
        Quirks quirks) {

    /** What sort of seller it is. */
    public enum Kind {
        MAKER,
        CLOUD,
        HOST,
        AGGREGATOR,
        LOCAL
    }

    /** How it bills. */
    public enum Billing {
        USAGE,
        SUBSCRIPTION,
        TRIAL,
        LOCAL
    }

    public Provider {
        auth = List.copyOf(auth);
        env = List.copyOf(env);
        endpoints = Map.copyOf(endpoints);
        makerOf = List.copyOf(makerOf);
        services = Map.copyOf(services);
    }

    /** What it speaks first, if this gateway knows it. */
    public Optional<Protocol> protocol() {
        return Protocol.parse(protocolName);
    }
}
