package io.fairlead.gateway.catalogue;

import io.fairlead.gateway.config.GatewayConfig;
import io.fairlead.gateway.config.ProviderConfig;
import io.fairlead.kernel.Endpoint;
import io.fairlead.kernel.GatewayException;
import io.fairlead.kernel.Protocol;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The operator's accounts at providers: one for each configured provider, in the order of the
 * configuration. Immutable to its users; safe for any number of threads.
 */
public final class Accounts {
    private final Map<String, Account> byId;
    private volatile @Nullable List<Deployment> speakingResponses;

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

    /**
     * Those that clients of the Responses API can ask in it, in the order of the configuration;
     * their deployments name no model. Found when it is first asked for.
     */
    public List<Deployment> speakingResponses() {
        List<Deployment> known = speakingResponses;
        if (known == null) {
            List<Deployment> all = new ArrayList<>();
            for (Account account : byId.values()) {
                inResponses(account).ifPresent(all::add);
            }
            known = List.copyOf(all);
            speakingResponses = known;
        }
        return known;
    }

    private static Optional<Deployment> inResponses(Account account) {
        try {
            return Optional.of(account.deployment("", Endpoint.RESPONSES))
                    .filter(it -> Family.same(Protocol.OPENAI_RESPONSES, it.protocol()));
        } catch (GatewayException e) {
            return Optional.empty(); // it holds no conversations
        }
    }

    /** In the order of the configuration. */
    public Collection<Account> all() {
        return byId.values();
    }
}
