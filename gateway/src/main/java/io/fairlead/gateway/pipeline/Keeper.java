package io.fairlead.gateway.pipeline;

import io.fairlead.gateway.catalogue.Account;
import io.fairlead.gateway.catalogue.Accounts;
import io.fairlead.kernel.Endpoint;
import io.fairlead.kernel.ErrorCode;
import io.fairlead.kernel.GatewayError;
import io.fairlead.kernel.GatewayException;
import io.fairlead.protocol.service.files.FileIds.Owner;
import io.fairlead.protocol.service.files.OwnedId;

import org.jspecify.annotations.Nullable;

import java.util.Optional;

/**
 * Finds out which provider a call about files or batches is for: the client or the ids in the call
 * say it, and all that say it must agree. Confined to one request.
 */
final class Keeper {
    private final Accounts accounts;
    private @Nullable Owner said;

    Keeper(Accounts accounts) {
        this.accounts = accounts;
    }

    boolean isProvider(String id) {
        return accounts.account(id).isPresent();
    }

    /** The client named a provider. */
    void named(String provider, String place) {
        if (!isProvider(provider)) {
            throw new GatewayException(
                    GatewayError.of(ErrorCode.NOT_FOUND, "There is no provider " + provider + ".")
                            .withParam(place));
        }
        claim(new Owner(provider, place));
    }

    /** The provider's own form of an id that stands in this place. */
    String plain(String id, String place) {
        OwnedId owned = OwnedId.of(id, this::isProvider);
        owned.owner().ifPresent(provider -> claim(new Owner(provider, place)));
        return owned.id();
    }

    /** Something in the call is kept by this provider. */
    void claim(Owner owner) {
        if (said == null) {
            said = owner;
        } else if (!said.provider().equals(owner.provider())) {
            throw new GatewayException(
                    GatewayError.of(
                                    ErrorCode.INVALID_REQUEST,
                                    owner.member()
                                            + " says "
                                            + owner.provider()
                                            + ", and "
                                            + said.member()
                                            + " says "
                                            + said.provider()
                                            + " (expected: one provider).")
                            .withParam(owner.member()));
        }
    }

    /** Who was named; empty: nobody yet. */
    Optional<String> said() {
        return Optional.ofNullable(said).map(Owner::provider);
    }

    /** Who keeps it: who was named, else the first that is known to keep such things. */
    Account account(Endpoint endpoint) {
        return said().or(() -> first(endpoint))
                .flatMap(accounts::account)
                .orElseThrow(() ->
                        new GatewayException(
                                ErrorCode.NOT_FOUND,
                                "No configured provider is known to keep "
                                        + endpoint.service().orElseThrow().wireName()
                                        + " in this form; name one with the header "
                                        + KeptCall.PROVIDER
                                        + "."));
    }

    private Optional<String> first(Endpoint endpoint) {
        return accounts.all().stream()
                .filter(it -> it.keeps(endpoint))
                .findFirst()
                .map(Account::id);
    }

    /** Whether this provider is known to keep such things. */
    boolean keeps(String provider, Endpoint endpoint) {
        return accounts.account(provider).filter(it -> it.keeps(endpoint)).isPresent();
    }
}
