package io.fairlead.gateway.cloud;

import io.fairlead.gateway.config.ProviderConfig;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Tokens of Microsoft Entra for a service principal with a secret. Stateless. */
final class EntraSource implements GrantSource {
    private static final String PUBLIC_CLOUD = "https://login.microsoftonline.com";
    private static final String SCOPE = "https://cognitiveservices.azure.com/.default";

    private final String who;
    private final ProviderConfig.Entra principal;
    private final Map<String, String> environment;
    private final TokenServer server;

    EntraSource(
            String who,
            ProviderConfig.Entra principal,
            Map<String, String> environment,
            TokenServer server) {
        this.who = who;
        this.principal = principal;
        this.environment = environment;
        this.server = server;
    }

    @Override
    public Grant fetch() throws CloudException, IOException, InterruptedException {
        return server.token(
                who,
                url(),
                Map.of(
                        "grant_type",
                        "client_credentials",
                        "client_id",
                        principal.client(),
                        "client_secret",
                        principal.secret().reveal(),
                        "scope",
                        SCOPE));
    }

    private URI url() throws CloudException {
        String host = environment.getOrDefault("AZURE_AUTHORITY_HOST", PUBLIC_CLOUD);
        String base = host.contains("://") ? host : "https://" + host;
        String tenant = URLEncoder.encode(principal.tenant(), StandardCharsets.UTF_8);
        try {
            return URI.create(
                    (base.endsWith("/") ? base : base + "/") + tenant + "/oauth2/v2.0/token");
        } catch (IllegalArgumentException _) {
            throw CloudException.refused(who + ": AZURE_AUTHORITY_HOST is no URL");
        }
    }
}
