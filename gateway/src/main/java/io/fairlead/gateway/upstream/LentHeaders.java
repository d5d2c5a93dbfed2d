package io.fairlead.gateway.upstream;

import io.fairlead.gateway.catalogue.Address;
import io.fairlead.gateway.cloud.CloudCredential;
import io.fairlead.gateway.cloud.Clouds;
import io.fairlead.gateway.cloud.Grant;
import io.fairlead.gateway.cloud.SigV4;
import io.fairlead.kernel.Secret;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.HostAndPort;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Makes headers of what clouds lend, and knows when they take it back. Stateless. */
final class LentHeaders {
    private static final SigV4 BEDROCK = new SigV4("bedrock");
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;

    private LentHeaders() {}

    /** The credential that requests to a deployment need; absent: none of a cloud. */
    static Optional<CloudCredential> credential(UpstreamRequest request, Clouds clouds) {
        String provider = request.deployment().provider();
        return switch (request.deployment().auth()) {
            case AWS_SIGV4 -> Optional.of(clouds.aws(provider));
            case GCP_OAUTH -> Optional.of(clouds.google(provider));
            case ENTRA -> Optional.of(clouds.entra(provider));
            case BEARER,
                    X_API_KEY,
                    X_GOOG_API_KEY,
                    API_KEY,
                    XI_API_KEY,
                    TOKEN,
                    CF_AIG_AUTHORIZATION,
                    NONE ->
                    Optional.empty();
        };
    }

    /** The request with what {@code grant} proves. */
    static UpstreamRequest put(UpstreamRequest request, Grant grant, Instant now) {
        return request.with(
                switch (grant) {
                    case Grant.Token token ->
                            Map.of("authorization", Secret.of("Bearer " + token.secret().reveal()));
                    case Grant.AwsKeys keys -> signed(request, keys, now);
                });
    }

    private static Map<String, Secret> signed(
            UpstreamRequest request, Grant.AwsKeys keys, Instant now) {
        Address address = request.deployment().address();
        Map<String, String> headers = new HashMap<>();
        SentHeaders plain = SentHeaders.of(request.with(Map.of()));
        for (int i = 0; i < plain.size(); i++) {
            if (plain.name(i).equals("content-type") || plain.name(i).startsWith("x-amz-")) {
                headers.merge(plain.name(i), plain.value(i), (a, b) -> a + "," + b);
            }
        }
        headers.put(
                "host", HostAndPort.create(address.host(), address.port()).toString(address.tls()));
        Buffer body = request.body() == null ? Buffer.buffer() : request.body();
        return BEDROCK.sign(
                new SigV4.Request(
                        request.method(),
                        request.target(),
                        headers,
                        Buffers.array(body),
                        Buffers.offset(body),
                        body.length()),
                keys,
                keys.region().or(() -> region(address.host())).orElse("us-east-1"),
                now);
    }

    /** As AWS names its hosts: {@code bedrock-runtime.eu-west-1.amazonaws.com}. */
    private static Optional<String> region(String host) {
        String[] parts = host.split("\\.", -1);
        return host.endsWith(".amazonaws.com") && parts.length == 4
                ? Optional.of(parts[1])
                : Optional.empty();
    }

    /** Whether an answer says that what was lent counts no more. */
    static boolean refused(Grant grant, int status, MultiMap headers) {
        return switch (grant) {
            case Grant.Token _ -> status == UNAUTHORIZED;
            case Grant.AwsKeys _ -> {
                String error = headers.get("x-amzn-errortype");
                yield (status == FORBIDDEN || status == UNAUTHORIZED)
                        && error != null
                        && (error.startsWith("ExpiredToken")
                                || error.startsWith("UnrecognizedClient")
                                || error.startsWith("InvalidClientTokenId"));
            }
        };
    }
}
