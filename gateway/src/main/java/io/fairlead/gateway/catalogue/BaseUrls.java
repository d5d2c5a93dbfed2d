package io.fairlead.gateway.catalogue;

import java.net.URI;
import java.util.Optional;
import java.util.function.Function;

/**
 * What operators write as {@code base_url}, made into what requests need: with the version segment
 * that the provider's SDK would add, wherever it stands. Stateless.
 */
final class BaseUrls {
    private BaseUrls() {}

    /**
     * @param written the operator's URL
     * @param usual the catalogue's URL for the same protocol, or, for a provider that the catalogue
     *     does not know, anything that ends with the segment to add
     */
    static URI normal(URI written, URI usual) {
        String path = path(written);
        String usualPath = path(usual);
        return withPath(written, path(path, usualPath));
    }

    private static String path(String path, String usual) {
        if (path.isEmpty()) {
            return usual;
        }
        if (path.equals(usual) || usual.isEmpty() || Versions.withoutVersion(path).isPresent()) {
            return path;
        }
        Optional<String> unversioned = Versions.withoutVersion(usual);
        boolean lacksVersion =
                unversioned.isPresent()
                        && (!Versions.holdsVersion(path)
                                || (!unversioned.get().isEmpty()
                                        && path.endsWith(unversioned.get())));
        return lacksVersion ? path + usual.substring(unversioned.get().length()) : path;
    }

    /**
     * The URL for a further protocol of a provider whose first one the operator moved elsewhere:
     * the same server and prefix, the path of the further protocol.
     */
    static URI moved(URI written, URI usualFirst, URI usualFurther) {
        String path = path(written);
        String first = path(usualFirst);
        String further = path(usualFurther);
        if (further.equals(first)) {
            return normal(written, usualFirst);
        }
        String prefix =
                path.endsWith(first)
                        ? path.substring(0, path.length() - first.length())
                        : path.endsWith(further)
                                ? path.substring(0, path.length() - further.length())
                                : Versions.withoutVersion(path).orElse(path);
        return withPath(written, prefix + further);
    }

    /**
     * Puts the environment's values for <code>${NAME}</code>.
     *
     * @return absent if a value is missing or the result is no URL
     */
    static Optional<URI> expand(String template, Function<String, Optional<String>> environment) {
        StringBuilder out = new StringBuilder(template.length());
        int from = 0;
        for (int open = template.indexOf("${"); open >= 0; open = template.indexOf("${", from)) {
            int close = template.indexOf('}', open);
            Optional<String> value = environment.apply(template.substring(open + 2, close));
            if (value.isEmpty()) {
                return Optional.empty();
            }
            out.append(template, from, open).append(value.get());
            from = close + 1;
        }
        out.append(template, from, template.length());
        try {
            return Optional.of(URI.create(out.toString()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    static String path(URI url) {
        String path = url.getRawPath() == null ? "" : url.getRawPath();
        int end = path.length();
        while (end > 0 && path.charAt(end - 1) == '/') {
            end--;
        }
        return path.substring(0, end);
    }

    static URI withPath(URI url, String path) {
        String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        return URI.create(url.getScheme() + "://" + url.getRawAuthority() + path + query);
    }
}
