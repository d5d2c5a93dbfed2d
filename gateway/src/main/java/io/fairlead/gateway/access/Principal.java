package io.fairlead.gateway.access;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who a request acts for. Immutable.
 *
 * @param keyId public id of the virtual key, safe for logs and records; absent on a gateway without
 *     keys
 * @param keyName the key's name, as declared
 * @param team the team it belongs to
 * @param models names and patterns ({@code openai/*}) it may use; empty: all
 * @param tags tags put on each of its records
 * @param metadata metadata put on each of its records
 * @param admin whether the admin key was used
 */
public record Principal(
        Optional<String> keyId,
        Optional<String> keyName,
        Optional<String> team,
        List<String> models,
        List<String> tags,
        Map<String, String> metadata,
        boolean admin) {
    /** Anybody, on a gateway that serves without keys on loopback. */
    public static final Principal ANONYMOUS =
            new Principal(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    List.of(),
                    Map.of(),
                    false);

    public Principal {
        models = List.copyOf(models);
        tags = List.copyOf(tags);
        metadata = Map.copyOf(metadata);
    }
}
