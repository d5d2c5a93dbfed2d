package io.fairlead.gateway.pipeline;

import io.fairlead.gateway.catalogue.Account;
import io.fairlead.gateway.catalogue.Accounts;
import io.fairlead.gateway.catalogue.Deployment;
import io.fairlead.kernel.Endpoint;
import io.fairlead.kernel.ErrorCode;
import io.fairlead.kernel.GatewayException;
import io.fairlead.kernel.Protocol;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds the provider that keeps the answers asked for under {@code /v1/responses/{id}}. An id does
 * not tell whose it is, so this works where one provider only can be meant. Stateless.
 */
final class StoredResponses {
    private StoredResponses() {}

    /**
     * The keeper.
     *
     * @throws GatewayException {@code not_found}, if it can't be told
     */
    static Deployment keeper(Accounts accounts) {
        List<Deployment> owners = new ArrayList<>();
        List<Deployment> imitators = new ArrayList<>();
        List<Deployment> simulated = new ArrayList<>();
        for (Account account : accounts.all()) {
            Deployment own = door(account);
            if (own == null) {
                continue;
            }
            if (own.protocol() == Protocol.SIM) {
                simulated.add(own);
            } else if (own.quirks().owner()) {
                owners.add(own);
            } else {
                imitators.add(own);
            }
        }
        List<Deployment> keepers =
                !owners.isEmpty() ? owners : !imitators.isEmpty() ? imitators : simulated;
        if (keepers.size() != 1) {
            throw new GatewayException(
                    ErrorCode.NOT_FOUND,
                    keepers.isEmpty()
                            ? "No configured provider keeps responses."
                            : "It can't be told which of several providers keeps this response;"
                                    + " ask it under /passthrough/{provider}/v1/responses/{id}.");
        }
        return keepers.getFirst();
    }

    private static @Nullable Deployment door(Account account) {
        try {
            return account.deployment("", Endpoint.RESPONSES);
        } catch (GatewayException e) {
            return null; // it speaks something else
        }
    }
}
