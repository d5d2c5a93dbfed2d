package io.fairlead.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fairlead.gateway.config.GatewayConfig;
import io.fairlead.gateway.config.KeyConfig;
import io.fairlead.gateway.config.LimitsConfig;
import io.fairlead.gateway.config.SecretHash;
import io.fairlead.gateway.config.ServerConfig;
import io.fairlead.kernel.ErrorCode;
import io.fairlead.kernel.GatewayException;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

final class AccessTest {
    private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
    private static final InstantSource CLOCK = InstantSource.fixed(NOW);
    private static final String APP = "app-secret-of-24-characters-or-more";
    private static final String ADMIN = "admin-secret-of-24-characters-or-more";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "authorization",
                "x-api-key",
                "x-goog-api-key",
                "api-key",
                "x-portkey-api-key",
                "x-litellm-api-key"
            })
    void takesTheKeyFromEveryHeaderOfTheContract(String header) {
        Access access = new Access(config(key("app", APP)), CLOCK);

        assertThat(access.authenticate(Map.of(header, "Bearer " + APP)::get, null).keyName())
                .contains("app");
        assertThat(access.authenticate(Map.of(header, "bEARER  " + APP)::get, null).keyName())
                .contains("app");
        assertThat(access.authenticate(Map.of(header, APP)::get, null).keyName()).contains("app");
    }

    @Test
    void takesTheKeyFromTheQuery() {
        Access access = new Access(config(key("app", APP)), CLOCK);

        assertThat(access.authenticate(_ -> null, APP).keyName()).contains("app");
    }

    @Test
    void takesTheFirstKeyThatItKnows() {
        Access access = new Access(config(key("app", APP)), CLOCK);

        Map<String, String> headers =
                Map.of("authorization", "Bearer an-oauth-token", "x-api-key", APP);

        assertThat(access.authenticate(headers::get, null).keyName()).contains("app");
    }

    @Test
    void servesAnybodyWhileThereIsNoKeyOnLoopback() {
        Access access = new Access(GatewayConfig.DEFAULT, CLOCK);

        assertThat(access.open()).isTrue();
        assertThat(access.authenticate(_ -> null, null)).isEqualTo(Principal.ANONYMOUS);
        assertThat(access.authenticate(Map.of("authorization", "Bearer x")::get, "y"))
                .isEqualTo(Principal.ANONYMOUS);
    }

    @Test
    void needsAKeyOffLoopbackEvenIfNoneIsDeclared() {
        ServerConfig server =
                ServerConfig.DEFAULT.at("0.0.0.0", 4000).withAdminKey(SecretHash.of(ADMIN));
        Access access = new Access(GatewayConfig.DEFAULT.withServer(server), CLOCK);

        assertThat(access.open()).isFalse();
        assertThat(refusal(access, null)).isEqualTo(ErrorCode.UNAUTHENTICATED);
        assertThat(access.authenticate(_ -> null, ADMIN).admin()).isTrue();
    }

    @Test
    void knowsTheAdminOnAnOpenGateway() {
        ServerConfig server = ServerConfig.DEFAULT.withAdminKey(SecretHash.of(ADMIN));
        Access access = new Access(GatewayConfig.DEFAULT.withServer(server), CLOCK);

        assertThat(access.authenticate(_ -> null, ADMIN).admin()).isTrue();
        assertThat(access.authenticate(_ -> null, "wrong")).isEqualTo(Principal.ANONYMOUS);
    }

    @Test
    void needsAKeyAsSoonAsOneExists() {
        Access access = new Access(config(key("app", APP)), CLOCK);

        assertThat(access.open()).isFalse();
        assertThat(refusal(access, null)).isEqualTo(ErrorCode.UNAUTHENTICATED);
        assertThat(refusal(access, "")).isEqualTo(ErrorCode.UNAUTHENTICATED);
        assertThat(refusal(access, APP + "x")).isEqualTo(ErrorCode.UNAUTHENTICATED);
        assertThat(refusal(access, "x".repeat(1_000_000))).isEqualTo(ErrorCode.UNAUTHENTICATED);
    }

    @Test
    void refusesAKeyFromTheInstantItExpires() {
        KeyConfig over = key("over", APP, Optional.of(NOW), false);
        KeyConfig good = key("good", ADMIN, Optional.of(NOW.plusNanos(1)), false);
        Access access = new Access(config(over, good), CLOCK);

        assertThat(refusal(access, APP)).isEqualTo(ErrorCode.KEY_EXPIRED);
        assertThat(access.authenticate(_ -> null, ADMIN).keyName()).contains("good");
    }

    @Test
    void refusesABlockedKey() {
        Access access = new Access(config(key("app", APP, Optional.empty(), true)), CLOCK);

        assertThat(refusal(access, APP)).isEqualTo(ErrorCode.KEY_BLOCKED);
    }

    @Test
    void neverRepeatsTheKeyInARefusal() {
        Access access = new Access(config(key("app", APP)), CLOCK);

        assertThat(failure(access, "sk-some-other-secret").error().message())
                .doesNotContain("sk-some");
    }

    @Test
    void swapsAllKeysAtOnce() {
        Access access = new Access(config(key("app", APP)), CLOCK);
        access.apply(config(key("other", ADMIN)));

        assertThat(refusal(access, APP)).isEqualTo(ErrorCode.UNAUTHENTICATED);
        assertThat(access.authenticate(_ -> null, ADMIN).keyName()).contains("other");
    }

    @Test
    void namesAKeyInLogsByAnIdThatOutlivesItsSecret() {
        Principal before = new Access(config(key("app", APP)), CLOCK).authenticate(_ -> null, APP);
        Principal after =
                new Access(config(key("app", ADMIN)), CLOCK).authenticate(_ -> null, ADMIN);

        assertThat(before.keyId()).isEqualTo(after.keyId());
        assertThat(before.keyId().orElseThrow()).matches("[0-9a-f]{12}");
        assertThat(VirtualKey.publicId("app")).isNotEqualTo(VirtualKey.publicId("app2"));
    }

    @ParameterizedTest
    @CsvSource({
        "smart,            smart,           true",
        "smart,            smarter,         false",
        "openai/*,         openai/gpt-5,    true",
        "openai/*,         openai,          false",
        "openai/*,         azure/openai/x,  false",
        "*,                anything/at/all, true",
        "*/gpt-*-mini,     openai/gpt-5-mini, true",
        "*/gpt-*-mini,     openai/gpt-5,    false",
        "a*a*a*b,          aaaaaaaaaaaaaaa, false",
    })
    void matchesModelsByNameAndPattern(String pattern, String model, boolean allowed) {
        Principal principal =
                new Principal(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of("nothing", pattern),
                        List.of(),
                        Map.of(),
                        false);

        assertThat(Access.allows(principal, model)).isEqualTo(allowed);
    }

    @Test
    void letsAKeyWithoutModelsUseAll() {
        assertThat(Access.allows(Principal.ANONYMOUS, "openai/gpt-5")).isTrue();
    }

    private static ErrorCode refusal(Access access, @Nullable String key) {
        return failure(access, key).error().code();
    }

    private static GatewayException failure(Access access, @Nullable String key) {
        GatewayException refused =
                catchThrowableOfType(
                        GatewayException.class,
                        () ->
                                access.authenticate(
                                        name ->
                                                key != null && name.equals("authorization")
                                                        ? "Bearer " + key
                                                        : null,
                                        null));
        assertThat(refused).isNotNull();
        return refused;
    }

    private static KeyConfig key(String name, String secret) {
        return key(name, secret, Optional.empty(), false);
    }

    private static KeyConfig key(
            String name, String secret, Optional<Instant> expires, boolean blocked) {
        return new KeyConfig(
                name,
                SecretHash.of(secret),
                Optional.of("blue"),
                List.of(),
                Optional.empty(),
                LimitsConfig.NONE,
                expires,
                blocked,
                List.of(),
                Map.of());
    }

    private static GatewayConfig config(KeyConfig... keys) {
        return GatewayConfig.DEFAULT.withKeys(new ArrayList<>(List.of(keys)));
    }
}
