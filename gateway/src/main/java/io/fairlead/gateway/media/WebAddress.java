package io.fairlead.gateway.media;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * An http or https URL, taken apart. Immutable.
 *
 * @param host in lower case; an IPv6 address without its brackets
 * @param target path and query, as they stand in the request line
 */
record WebAddress(boolean tls, String host, int port, String target, URI uri) {
    private static final int LONGEST = 16 * 1024;
    private static final String ESCAPED = " \"<>\\^`{|}";

    /** Takes a URL apart. */
    static WebAddress of(String url) throws Refusal {
        return of(uri(url));
    }

    /** Where a redirect leads. */
    WebAddress redirected(String location) throws Refusal {
        return of(uri.resolve(uri(location)));
    }

    private static WebAddress of(URI uri) throws Refusal {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        boolean tls = scheme.equals("https");
        if (!tls && !scheme.equals("http")) {
            throw new Refusal(
                    "this provider takes no such URL, and only http and https are" + " fetched");
        }
        String authority = uri.getRawAuthority();
        if (authority == null || authority.isEmpty()) {
            throw invalid();
        }
        if (authority.indexOf('@') >= 0) {
            throw new Refusal("its URL holds a user name or password, and is not fetched");
        }
        int colon = authority.lastIndexOf(':');
        boolean hasPort = colon > authority.lastIndexOf(']');
        String host = hasPort ? authority.substring(0, colon) : authority;
        int port = tls ? 443 : 80;
        if (hasPort && colon + 1 < authority.length()) {
            port = port(authority.substring(colon + 1));
        }
        String path = uri.getRawPath();
        String target = path == null || path.isEmpty() ? "/" : path;
        if (uri.getRawQuery() != null) {
            target += "?" + uri.getRawQuery();
        }
        return new WebAddress(tls, host(host), port, target, uri);
    }

    private static String host(String written) throws Refusal {
        String host = written.toLowerCase(Locale.ROOT);
        if (host.startsWith("[") && host.endsWith("]") && host.indexOf('%') < 0) {
            return host.substring(1, host.length() - 1);
        }
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            boolean usual = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
            if (!usual && c != '-' && c != '_' && c != '.') {
                throw invalid();
            }
        }
        if (host.isEmpty()) {
            throw invalid();
        }
        return host;
    }

    private static int port(String digits) throws Refusal {
        try {
            int port = Integer.parseInt(digits);
            if (port > 0 && port < 65_536) {
                return port;
            }
        } catch (NumberFormatException e) {
            throw invalid();
        }
        throw invalid();
    }

    /** What the {@code Host} header says. */
    String hostHeader() {
        String name = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return port == (tls ? 443 : 80) ? name : name + ":" + port;
    }

    private static URI uri(String url) throws Refusal {
        if (url.length() > LONGEST) {
            throw new Refusal("its URL is too long");
        }
        try {
            return new URI(escaped(url.strip()));
        } catch (URISyntaxException e) {
            throw invalid();
        }
    }

    /** People write characters into URLs that should be escaped; control characters are none. */
    private static String escaped(String url) throws Refusal {
        StringBuilder escaped = new StringBuilder(url.length() + 16);
        byte[] bytes = url.getBytes(StandardCharsets.UTF_8);
        for (byte b : bytes) {
            if (b >= 0 && b < ' ' || b == 0x7f) {
                throw invalid();
            }
            if (b < 0 || ESCAPED.indexOf(b) >= 0) {
                escaped.append('%');
                escaped.append(Character.toUpperCase(Character.forDigit((b >> 4) & 15, 16)));
                escaped.append(Character.toUpperCase(Character.forDigit(b & 15, 16)));
            } else {
                escaped.append((char) b);
            }
        }
        return escaped.toString();
    }

    private static Refusal invalid() {
        return new Refusal("its URL is not a valid http or https URL");
    }
}
