package io.fairlead.gateway.catalogue;

import io.fairlead.kernel.Dialect;
import io.fairlead.kernel.Protocol;
import io.fairlead.kernel.Secret;
import io.fairlead.protocol.adapt.ModelFacts;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One model at one provider: the unit of routing, health and price. Immutable.
 *
 * @param id {@code provider/model-id}, as in {@code x-fairlead-model}
 * @param provider the provider's id in the configuration
 * @param catalogueProvider the provider's id in the catalogue ({@code type}); absent for one the
 *     catalogue does not know
 * @param model the model id that is sent to the provider
 * @param protocol what the provider speaks for this model
 * @param dialect the form in which it offers the service asked for
 * @param address where requests go
 * @param auth how the credential is sent
 * @param keys the credentials; empty with {@link Auth#NONE}
 * @param headers further request headers; secret because some carry credentials
 * @param price USD prices; absent: unpriced
 * @param quirks how the provider differs from the protocol's owner
 * @param conform whether violations of the protocol are put right
 * @param resilience deadlines and retries
 * @param facts what is known of the model, as far as its translation depends on it
 */
public record Deployment(
        String id,
        String provider,
        Optional<String> catalogueProvider,
        String model,
        Protocol protocol,
        Dialect dialect,
        Address address,
        Auth auth,
        List<ProviderKey> keys,
        Map<String, Secret> headers,
        Optional<Price> price,
        Quirks quirks,
        boolean conform,
        Resilience resilience,
        ModelFacts facts) {

    /** How a credential is put on a request. */
    public enum Auth {
        /** {@code Authorization: Bearer …}. */
        BEARER,
        /** {@code x-api-key: …} with {@code anthropic-version}. */
        X_API_KEY,
        /** {@code x-goog-api-key: …}. */
        X_GOOG_API_KEY,
        /** {@code api-key: …}. */
        API_KEY,
        /** {@code xi-api-key: …}. */
        XI_API_KEY,
        /** {@code Authorization: Token …}. */
        TOKEN,
        /** {@code cf-aig-authorization: Bearer …}. */
        CF_AIG_AUTHORIZATION,
        /** A signature of the request (AWS Signature Version 4). */
        AWS_SIGV4,
        /** {@code Authorization: Bearer …} with a token of Google's, bought with the key. */
        GCP_OAUTH,
        /** {@code Authorization: Bearer …} with a token of Microsoft Entra, bought with the key. */
        ENTRA,
        /** No credential. */
        NONE
    }

    public Deployment {
        keys = List.copyOf(keys);
        headers = Map.copyOf(headers);
    }

    /** The same deployment, with the first of its keys only. */
    public Deployment withFirstKey() {
        return keys.size() < 2 ? this : with(resilience, keys.subList(0, 1));
    }

    /** What the gateway does itself in its place: nothing is sent, and nothing tried again. */
    public Deployment local() {
        return new Deployment(
                id,
                provider,
                catalogueProvider,
                model,
                protocol,
                Dialect.LOCAL,
                Address.IN_PROCESS,
                Auth.NONE,
                List.of(),
                Map.of(),
                price,
                quirks,
                conform,
                resilience.withoutRetries(),
                facts);
    }

    /** The same deployment, tried harder or less hard. */
    public Deployment with(Resilience other) {
        return resilience.equals(other) ? this : with(other, keys);
    }

    private Deployment with(Resilience newResilience, List<ProviderKey> newKeys) {
        return new Deployment(
                id,
                provider,
                catalogueProvider,
                model,
                protocol,
                dialect,
                address,
                auth,
                newKeys,
                headers,
                price,
                quirks,
                conform,
                newResilience,
                facts);
    }
}
