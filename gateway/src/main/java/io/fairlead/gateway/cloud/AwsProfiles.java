package io.fairlead.gateway.cloud;

import io.fairlead.kernel.Secret;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Keys as the profiles of the shared files say: written there, or lent for a role that another
 * profile, a token or the machine may assume. Stateless; blocks.
 */
final class AwsProfiles {
    /** One of a file is looked for again: whoever wrote it there will write the next one. */
    private static final Duration FILE_COUNTS = Duration.ofMinutes(10);

    private final String who;
    private final Optional<String> region;
    private final Map<String, String> environment;
    private final TokenServer server;
    private final Place place;

    /** Keys from where the profile says that they are. */
    @FunctionalInterface
    interface Place {
        /**
         * The keys.
         *
         * @param name {@code Environment}, {@code EcsContainer} or {@code Ec2InstanceMetadata}
         */
        Grant keys(String name) throws CloudException, IOException, InterruptedException;
    }

    AwsProfiles(
            String who,
            Optional<String> region,
            Map<String, String> environment,
            TokenServer server,
            Place place) {
        this.who = who;
        this.region = region;
        this.environment = environment;
        this.server = server;
        this.place = place;
    }

    /** What the chosen profile leads to; empty: it says nothing of credentials. */
    Optional<Grant> keys() throws CloudException, IOException, InterruptedException {
        return keys(AwsFiles.chosen(environment), new HashSet<>());
    }

    private Optional<Grant> keys(String name, Set<String> before)
            throws CloudException, IOException, InterruptedException {
        Map<String, String> profile = AwsFiles.profile(environment, name);
        Optional<AwsRole> role = AwsRole.of(profile);
        boolean again = !before.add(name);
        // a profile that is its own source means the keys beside its role
        if (role.isPresent() && !again) {
            return Optional.of(assumed(role.get(), profile, name, before));
        }
        if (AwsSignOn.describedIn(profile)) {
            return Optional.of(new AwsSignOn(who, region, environment, server).keys(profile));
        }
        Instant until = server.clock().instant().plus(FILE_COUNTS);
        return pair(
                        profile,
                        region,
                        until,
                        "aws_access_key_id",
                        "aws_secret_access_key",
                        "aws_session_token")
                .map(Grant.class::cast);
    }

    private Grant assumed(
            AwsRole role, Map<String, String> profile, String name, Set<String> before)
            throws CloudException, IOException, InterruptedException {
        AwsRoles roles = new AwsRoles(who, region, environment, server);
        Optional<String> token = AwsRole.setting(profile, "web_identity_token_file");
        if (token.isPresent()) {
            return roles.assumedWithToken(role, token.get());
        }
        if (AwsRole.setting(profile, "mfa_serial").isPresent()) {
            throw CloudException.refused(
                    who + ": the profile " + name + " wants a code of a device (mfa_serial)");
        }
        Optional<String> source = AwsRole.setting(profile, "source_profile");
        Optional<String> named = AwsRole.setting(profile, "credential_source");
        Optional<Grant> by =
                source.isPresent()
                        ? keys(source.get(), before)
                        : named.isPresent()
                                ? Optional.of(place.keys(named.get()))
                                : Optional.empty();
        if (by.isPresent() && by.get() instanceof Grant.AwsKeys keys) {
            return roles.assumed(role, keys);
        }
        throw CloudException.refused(
                who
                        + ": the profile "
                        + name
                        + " has a role, and no credentials to assume it with (expected:"
                        + " source_profile, credential_source or web_identity_token_file)");
    }

    /** A pair of keys; empty: there is none. */
    static Optional<Grant.AwsKeys> pair(
            Map<String, String> from,
            Optional<String> region,
            Instant until,
            String id,
            String secret,
            String token) {
        Optional<String> pairId = AwsRole.setting(from, id);
        Optional<String> pairSecret = AwsRole.setting(from, secret);
        if (pairId.isEmpty() || pairSecret.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new Grant.AwsKeys(
                        Secret.of(pairId.get()),
                        Secret.of(pairSecret.get()),
                        AwsRole.setting(from, token).map(Secret::of),
                        region,
                        until));
    }
}
