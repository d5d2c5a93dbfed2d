package io.fairlead.gateway.catalogue;

import io.fairlead.gateway.catalogue.Deployment.Auth;
import io.fairlead.gateway.config.AuthScheme;
import io.fairlead.gateway.config.ProviderConfig;
import io.fairlead.kernel.Protocol;

import java.util.List;

/** With which sort of credential a provider's doors open. Immutable. */
final class CredentialKinds {
    private final ProviderEntry entry;

    CredentialKinds(ProviderEntry entry) {
        this.entry = entry;
    }

    /** That of the door for a protocol. */
    Auth auth(Protocol protocol) {
        ProviderConfig config = entry.config();
        if (config.auth().isPresent()) {
            return of(config.auth().get());
        }
        if (!catalogued(protocol)) {
            return usual(protocol);
        }
        List<String> ways = ways();
        return switch (ways.getFirst()) {
            case "bearer" -> Auth.BEARER;
            case "x-api-key" -> Auth.X_API_KEY;
            case "x-goog-api-key" -> Auth.X_GOOG_API_KEY;
            case "xi-api-key" -> Auth.XI_API_KEY;
            case "token" -> Auth.TOKEN;
            case "azure-api-key" ->
                    config.azure().flatMap(ProviderConfig.Azure::entra).isPresent()
                            ? Auth.ENTRA
                            : Auth.API_KEY;
            case "aws-sigv4" -> usual(Protocol.BEDROCK_CONVERSE);
            case "gcp-oauth" -> usual(Protocol.VERTEX_GEMINI);
            case "bearer:cf-aig-authorization" -> Auth.CF_AIG_AUTHORIZATION;
            case "none" -> config.keys().isEmpty() ? Auth.NONE : Auth.BEARER;
            default -> {
                if (ways.contains("bearer") || !config.keys().isEmpty()) {
                    yield Auth.BEARER;
                }
                throw entry.unusable("wants credentials of the kind " + ways.getFirst());
            }
        };
    }

    /** Whether what the catalogue says of the provider's credentials holds for this protocol. */
    private boolean catalogued(Protocol protocol) {
        if (entry.known().isEmpty()) {
            return protocol.openAiLike();
        }
        Protocol first = entry.first();
        return entry.firstName().equals(entry.known().get().protocolName())
                && (protocol == first || (protocol.openAiLike() && first.openAiLike()));
    }

    private List<String> ways() {
        return entry.known().map(Provider::auth).orElse(List.of("none", "bearer"));
    }

    /** How the owner of a protocol wants credentials. */
    private Auth usual(Protocol protocol) {
        boolean keys = !entry.config().keys().isEmpty();
        boolean open = !keys && entry.known().isEmpty();
        return switch (protocol) {
            case ANTHROPIC_MESSAGES -> open ? Auth.NONE : Auth.X_API_KEY;
            case GEMINI -> open ? Auth.NONE : Auth.X_GOOG_API_KEY;
            case VERTEX_GEMINI, VERTEX_ANTHROPIC -> keys ? Auth.X_GOOG_API_KEY : Auth.GCP_OAUTH;
            case BEDROCK_CONVERSE -> keys ? Auth.BEARER : Auth.AWS_SIGV4;
            case OPENAI_CHAT, OPENAI_RESPONSES, COHERE_V2, AZURE_OPENAI, MISTRAL_CHAT ->
                    open
                            ? Auth.NONE
                            : keys || !ways().contains("gcp-oauth") ? Auth.BEARER : Auth.GCP_OAUTH;
            case OLLAMA -> keys ? Auth.BEARER : Auth.NONE;
            case SIM -> Auth.NONE;
        };
    }

    private static Auth of(AuthScheme scheme) {
        return switch (scheme) {
            case BEARER -> Auth.BEARER;
            case X_API_KEY -> Auth.X_API_KEY;
            case X_GOOG_API_KEY -> Auth.X_GOOG_API_KEY;
            case API_KEY -> Auth.API_KEY;
            case NONE -> Auth.NONE;
        };
    }
}
