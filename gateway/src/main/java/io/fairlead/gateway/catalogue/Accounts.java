package io.fairlead.gateway.catalogue;

import io.fairlead.gateway.config.GatewayConfig;
import io.fairlead.gateway.config.ProviderConfig;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The operator's accounts at providers: one for each configured provider, in the order of the
 * configuration. Immutable to its users; safe for any number of threads.
 */
public final class Accounts {
    private final Map<String, Account> byId;

    private Accounts(Map<String, Account> byId) {
        this.byId = Collections.unmodifiableMap(byId);
    }

    /**
     * The accounts of one configuration.
     *
     * @param environment values of the variables that base URLs of the catalogue name
     */
    public static Accounts of(
            GatewayConfig config,
            Catalogue catalogue,
            Function<String, Optional<String>> environment) {
        Map<String, Account> accounts = new LinkedHashMap<>();
        for (ProviderConfig provider : config.providers().values()) {
            accounts.put(provider.id(), new Account(provider, config, catalogue, environment));
        }
        return new Accounts(accounts);
    }

    public Optional<Account> account(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** In the order of the configuration. */
    public Collection<Account> all() {
        return byId.values();
    }
}
