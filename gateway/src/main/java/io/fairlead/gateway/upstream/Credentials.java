package io.fairlead.gateway.upstream;

import io.fairlead.gateway.catalogue.Deployment;
import io.fairlead.gateway.catalogue.ProviderKey;

import org.jspecify.annotations.Nullable;

/** Puts the operator's credential and headers on a request. Stateless. */
final class Credentials {
    private static final String ANTHROPIC_VERSION = "2023-06-01";

    private Credentials() {}

    static void put(Deployment deployment, @Nullable ProviderKey key, SentHeaders headers) {
        if (key != null) {
            String secret = key.secret().reveal();
            switch (deployment.auth()) {
                case BEARER -> headers.set("authorization", "Bearer " + secret);
                case X_API_KEY -> {
                    headers.set("x-api-key", secret);
                    if (!headers.contains("anthropic-version")) {
                        headers.set("anthropic-version", ANTHROPIC_VERSION);
                    }
                }
                case X_GOOG_API_KEY -> headers.set("x-goog-api-key", secret);
                case API_KEY -> headers.set("api-key", secret);
                case XI_API_KEY -> headers.set("xi-api-key", secret);
                case TOKEN -> headers.set("authorization", "Token " + secret);
                case CF_AIG_AUTHORIZATION ->
                        headers.set("cf-aig-authorization", "Bearer " + secret);
                case AWS_SIGV4, GCP_OAUTH, ENTRA, NONE -> {} // see LentHeaders
            }
        }
        if (!deployment.headers().isEmpty()) {
            deployment.headers().forEach((name, value) -> headers.set(name, value.reveal()));
        }
    }
}
