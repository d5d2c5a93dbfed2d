package io.fairlead.gateway.catalogue;

import io.fairlead.kernel.Endpoint;

import java.net.URI;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Where the requests of a deployment go: host, port, and the request target of every endpoint,
 * worked out beforehand so that sending a request builds no string. Immutable.
 */
public final class Address {
    /** The address of what is answered in process. */
    public static final Address IN_PROCESS = of(URI.create("http://in-process.invalid"));

    private final URI base;
    private final String host;
    private final int port;
    private final boolean tls;
    private final String basePath;
    private final Map<Endpoint, String> targets;

    private Address(URI base, String pathOfEndpoints, String query) {
        this.base = base;
        this.host = base.getHost();
        this.tls = "https".equalsIgnoreCase(base.getScheme());
        this.port = base.getPort() >= 0 ? base.getPort() : tls ? 443 : 80;
        this.basePath = base.getRawPath() == null ? "" : base.getRawPath();
        this.targets = new EnumMap<>(Endpoint.class);
        for (Endpoint endpoint : Endpoint.values()) {
            targets.put(endpoint, pathOfEndpoints + endpoint.path() + query);
        }
    }

    /**
     * Endpoints right below {@code base}, as in {@code https://api.openai.com/v1}.
     *
     * @throws IllegalArgumentException if it is no absolute HTTP URL
     */
    public static Address of(URI base) {
        URI checked = check(base);
        String query = checked.getRawQuery() == null ? "" : "?" + checked.getRawQuery();
        String path = checked.getRawPath() == null ? "" : checked.getRawPath();
        return new Address(checked, path, query);
    }

    /**
     * Azure's older form: {@code {resource}/openai/deployments/{deployment}/…?api-version=…}.
     *
     * @throws IllegalArgumentException if {@code resource} is no absolute HTTP URL
     */
    public static Address azureDeployment(URI resource, String deployment, String apiVersion) {
        URI checked = check(resource);
        String path = checked.getRawPath() == null ? "" : checked.getRawPath();
        return new Address(
                checked,
                path + "/openai/deployments/" + Escapes.path(deployment),
                "?api-version=" + Escapes.path(apiVersion));
    }

    /**
     * Azure's older form of realtime: {@code
     * {resource}/openai/realtime?api-version=…&deployment=…}.
     *
     * @throws IllegalArgumentException if {@code resource} is no absolute HTTP URL
     */
    public static Address azureRealtime(URI resource, String deployment, String apiVersion) {
        return ofResource(
                resource,
                "?api-version="
                        + Escapes.path(apiVersion)
                        + "&deployment="
                        + Escapes.path(deployment));
    }

    /**
     * What belongs to a resource of Azure's older form: {@code {resource}/openai/…?api-version=…}.
     *
     * @throws IllegalArgumentException if {@code resource} is no absolute HTTP URL
     */
    public static Address azureResource(URI resource, String apiVersion) {
        return ofResource(resource, "?api-version=" + Escapes.path(apiVersion));
    }

    private static Address ofResource(URI resource, String query) {
        URI checked = check(resource);
        String path = checked.getRawPath() == null ? "" : checked.getRawPath();
        return new Address(checked, path + "/openai", query);
    }

    private static URI check(URI base) {
        String scheme = base.getScheme() == null ? "" : base.getScheme().toLowerCase(Locale.ROOT);
        if (!(scheme.equals("http") || scheme.equals("https")) || base.getHost() == null) {
            throw new IllegalArgumentException(
                    "base_url: " + base + " (expected: an http or https URL with a host)");
        }
        String text = base.toString();
        return text.endsWith("/") ? URI.create(text.substring(0, text.length() - 1)) : base;
    }

    /** The base URL, without a trailing slash. */
    public URI base() {
        return base;
    }

    public String host() {
        return host;
    }

    public int port() {
        return port;
    }

    public boolean tls() {
        return tls;
    }

    /** Path and query to ask for, in origin form: {@code /v1/chat/completions}. */
    public String target(Endpoint endpoint) {
        return Objects.requireNonNull(targets.get(endpoint));
    }

    /**
     * Path and query of one thing among those of an endpoint.
     *
     * @param remainder what follows the endpoint's own path, raw
     * @param query raw; empty for none
     */
    public String target(Endpoint endpoint, String remainder, String query) {
        String target = target(endpoint);
        int mark = target.indexOf('?');
        String path = mark < 0 ? target : target.substring(0, mark);
        String ours = mark < 0 ? "" : target.substring(mark + 1);
        String both = ours.isEmpty() || query.isEmpty() ? ours + query : ours + "&" + query;
        return path + remainder + (both.isEmpty() ? "" : "?" + both);
    }

    /**
     * Path and query of an operation by its path, wherever this address has it; of what is none of
     * ours, {@link #below}.
     */
    public String targetOf(String path) {
        for (Map.Entry<Endpoint, String> target : targets.entrySet()) {
            if (target.getKey().path().equals(path)) {
                return target.getValue();
            }
        }
        return below(path);
    }

    /**
     * Path and query of something below the base URL.
     *
     * @param rest path with its query; where it begins with the segments that the base URL ends
     *     with ({@code /publishers/google/…}), they are the same
     */
    public String below(String rest) {
        for (int from = basePath.indexOf('/'); from >= 0; from = basePath.indexOf('/', from + 1)) {
            String end = basePath.substring(from);
            if (end.length() > 1 && below(rest, end)) {
                return basePath.substring(0, from) + rest;
            }
        }
        return basePath + rest;
    }

    /**
     * Path and query for a passed-through request.
     *
     * @param rest what the client asked for after {@code /passthrough/{provider}}, with its query;
     *     it may repeat the base URL's path or its version segment ({@code /v1/files}) or leave it
     *     out ({@code /files}), and may name another version
     */
    public String passthroughTarget(String rest) {
        String path = rest.startsWith("/") ? rest : "/" + rest;
        if (basePath.isEmpty() || below(path, basePath)) {
            return path;
        }
        Optional<String> unversioned = Versions.withoutVersion(basePath);
        if (unversioned.isPresent() && Versions.startsWithVersion(path)) {
            return unversioned.get() + path;
        }
        return basePath + path;
    }

    private static boolean below(String path, String prefix) {
        return path.startsWith(prefix)
                && (path.length() == prefix.length()
                        || path.charAt(prefix.length()) == '/'
                        || path.charAt(prefix.length()) == '?');
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Address that
                && base.equals(that.base)
                && targets.equals(that.targets);
    }

    @Override
    public int hashCode() {
        return base.hashCode();
    }

    @Override
    public String toString() {
        return base.toString();
    }
}
