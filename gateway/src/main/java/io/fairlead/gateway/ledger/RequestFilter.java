package io.fairlead.gateway.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Which requests are meant. Of each list any value will do; an empty list allows all. Immutable.
 *
 * @param keys ids or names of virtual keys
 * @param teams teams
 * @param users users, as clients named them
 * @param models models, as asked for or as deployed
 * @param providers providers
 * @param tags tags
 * @param from started at or after
 * @param to started before
 */
public record RequestFilter(
        List<String> keys,
        List<String> teams,
        List<String> users,
        List<String> models,
        List<String> providers,
        List<String> tags,
        Optional<Instant> from,
        Optional<Instant> to) {
    public static final RequestFilter ALL =
            new RequestFilter(
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    Optional.empty(),
                    Optional.empty());

    public RequestFilter {
        keys = List.copyOf(keys);
        teams = List.copyOf(teams);
        users = List.copyOf(users);
        models = List.copyOf(models);
        providers = List.copyOf(providers);
        tags = List.copyOf(tags);
    }
}
