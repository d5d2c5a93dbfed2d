package io.fairlead.gateway.pipeline;

import io.fairlead.gateway.catalogue.Accounts;
import io.fairlead.gateway.catalogue.Deployment;
import io.fairlead.kernel.ErrorCode;
import io.fairlead.kernel.GatewayException;
import io.fairlead.kernel.Protocol;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Finds the provider that keeps the answers asked for under {@code /v1/responses/{id}}: the one
 * that is known to have made it, or named, or the only one that can be meant. Stateless.
 */
final class StoredResponses {
    private StoredResponses() {}

    /**
     * The keeper.
     *
     * @param provider the one that is known to keep it, or that the client names
     * @throws GatewayException {@code not_found}, if it can't be told
     */
    static Deployment keeper(Accounts accounts, Optional<String> provider) {
        if (provider.isPresent()) {
            return accounts.speakingResponses().stream()
                    .filter(own -> own.provider().equals(provider.get()))
                    .findFirst()
                    .orElseThrow(() ->
                            new GatewayException(
                                    ErrorCode.NOT_FOUND,
                                    "The provider "
                                            + provider.get()
                                            + ", which keeps this response, is not configured."));
        }
        List<Deployment> all = accounts.speakingResponses();
        List<Deployment> keepers =
                some(all, own -> own.protocol() != Protocol.SIM && own.quirks().owner());
        if (keepers.isEmpty()) {
            keepers = some(all, StoredResponses::keeps);
        }
        if (keepers.isEmpty()) {
            keepers = some(all, own -> own.protocol() == Protocol.SIM);
        }
        if (keepers.size() != 1) {
            throw new GatewayException(
                    ErrorCode.NOT_FOUND,
                    keepers.isEmpty()
                            ? "No configured provider keeps responses."
                            : "It can't be told which of several providers keeps this response;"
                                    + " name it with the header "
                                    + KeptCall.PROVIDER
                                    + ".");
        }
        return keepers.getFirst();
    }

    /** What the gateway is to keep of a response that came in the client's own protocol. */
    static Keeping.Worth worth(Deployment maker, Accounts accounts) {
        if (maker.protocol() == Protocol.SIM) {
            return Keeping.Worth.NOTHING;
        }
        if (!maker.quirks().keepsResponses()) {
            return Keeping.Worth.WHOLE;
        }
        return several(accounts) ? Keeping.Worth.keptBy(maker.provider()) : Keeping.Worth.NOTHING;
    }

    /** Whether several providers keep what they make, so that an id may be of each of them. */
    private static boolean several(Accounts accounts) {
        int keepers = 0;
        for (Deployment own : accounts.speakingResponses()) {
            keepers += keeps(own) ? 1 : 0;
        }
        return keepers > 1;
    }

    private static boolean keeps(Deployment own) {
        return own.protocol() != Protocol.SIM && own.quirks().keepsResponses();
    }

    private static List<Deployment> some(List<Deployment> all, Predicate<Deployment> which) {
        return all.stream().filter(which).toList();
    }
}
