package io.fairlead.gateway.access;

import io.fairlead.gateway.config.GatewayConfig;
import io.fairlead.gateway.config.KeyConfig;
import io.fairlead.gateway.config.SecretHash;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Every key that opens the gateway, by the hash of its secret: no secret is in it. Immutable.
 *
 * @param byHash keys by the hash of their secret
 * @param required whether a request needs a key
 */
record VirtualKeys(Map<SecretHash, VirtualKey> byHash, boolean required) {
    VirtualKeys {
        byHash = Map.copyOf(byHash);
    }

    /**
     * The keys of {@code config}. One is required as soon as one is declared, when the operator
     * says so, and always when other machines can reach the gateway.
     */
    static VirtualKeys of(GatewayConfig config) {
        Map<SecretHash, VirtualKey> byHash = new HashMap<>();
        for (KeyConfig key : config.keys()) {
            byHash.put(key.secret(), VirtualKey.of(key));
        }
        config.server().adminKey().ifPresent(hash -> byHash.put(hash, VirtualKey.admin()));
        boolean required =
                config.server().requireKey()
                        || !config.keys().isEmpty()
                        || !config.server().loopback();
        return new VirtualKeys(byHash, required);
    }

    List<Principal> principals() {
        return byHash.values().stream().map(VirtualKey::principal).toList();
    }

    Optional<VirtualKey> find(String presented) {
        return Optional.ofNullable(byHash.get(SecretHash.of(presented)));
    }
}
