package io.fairlead.simulator;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * A request as a simulated provider received it: the method, the path without its query, the query
 * without its question mark (empty if there is none), the headers in order and the body as it came.
 * Immutable as long as nobody writes to the array, which is handed out without a copy.
 */
public final class SimRequest {
    private final String method;
    private final String path;
    private final String query;
    private final List<Header> headers;
    private final byte[] body;

    public SimRequest(String method, String path, String query, List<Header> headers, byte[] body) {
        this.method = method;
        this.path = path;
        this.query = query;
        this.headers = List.copyOf(headers);
        this.body = body;
    }

    /** A POST of JSON, the usual case. */
    public static SimRequest post(String path, String json) {
        return new SimRequest(
                "POST",
                path,
                "",
                List.of(new Header("content-type", "application/json")),
                json.getBytes(StandardCharsets.UTF_8));
    }

    public String method() {
        return method;
    }

    public String path() {
        return path;
    }

    public String query() {
        return query;
    }

    public List<Header> headers() {
        return headers;
    }

    /** The first header of that name, whatever its case. */
    public Optional<String> header(String name) {
        for (Header header : headers) {
            if (header.name().equalsIgnoreCase(name)) {
                return Optional.of(header.value());
            }
        }
        return Optional.empty();
    }

    public byte[] body() {
        return body;
    }

    public String bodyText() {
        return new String(body, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return method + " " + path + " (" + body.length + " bytes)";
    }
}
