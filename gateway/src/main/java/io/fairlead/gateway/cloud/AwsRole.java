package io.fairlead.gateway.cloud;

import java.util.Map;
import java.util.Optional;

/**
 * A role to assume, as a profile or the environment describes it. Immutable.
 *
 * @param session the name under which AWS's own logs show it
 * @param seconds how long it is to be lent; absent: as AWS likes
 */
record AwsRole(String arn, String session, Optional<String> externalId, Optional<String> seconds) {
    private static final String SESSION = "fairlead";

    /** The role of a profile; empty: it has none. */
    static Optional<AwsRole> of(Map<String, String> profile) {
        return setting(profile, "role_arn")
                .map(arn ->
                        new AwsRole(
                                arn,
                                setting(profile, "role_session_name").orElse(SESSION),
                                setting(profile, "external_id"),
                                setting(profile, "duration_seconds")));
    }

    /** The role that a cluster gives its workloads; empty: none. */
    static Optional<AwsRole> ofEnvironment(Map<String, String> environment) {
        return setting(environment, "AWS_ROLE_ARN")
                .map(arn ->
                        new AwsRole(
                                arn,
                                setting(environment, "AWS_ROLE_SESSION_NAME").orElse(SESSION),
                                Optional.empty(),
                                Optional.empty()));
    }

    /** A setting that is there and says something. */
    static Optional<String> setting(Map<String, String> settings, String name) {
        return Optional.ofNullable(settings.get(name)).filter(text -> !text.isBlank());
    }
}
