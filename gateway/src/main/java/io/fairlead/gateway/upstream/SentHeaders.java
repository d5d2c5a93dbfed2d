package io.fairlead.gateway.upstream;

import io.vertx.core.MultiMap;

import java.util.ArrayList;
import java.util.List;

/**
 * The headers of one request as they go to a provider: what the client may say, then what the
 * gateway says in its stead, the credential above all. Names are in lower case. Used by one
 * request.
 */
final class SentHeaders {
    private final List<String> namesAndValues = new ArrayList<>(24);

    static SentHeaders of(UpstreamRequest request) {
        SentHeaders headers = new SentHeaders();
        request.headers().each(headers::add);
        headers.set("accept-encoding", "identity");
        Credentials.put(request.deployment(), request.key(), headers);
        if (!request.lent().isEmpty()) {
            request.lent().forEach((name, value) -> headers.set(name, value.reveal()));
        }
        return headers;
    }

    int size() {
        return namesAndValues.size() / 2;
    }

    String name(int index) {
        return namesAndValues.get(2 * index);
    }

    String value(int index) {
        return namesAndValues.get(2 * index + 1);
    }

    boolean contains(String name) {
        return indexOf(name) >= 0;
    }

    /** Puts a header in, in place of those of that name. {@code name} is in lower case. */
    void set(String name, String value) {
        for (int i = indexOf(name); i >= 0; i = indexOf(name)) {
            namesAndValues.subList(2 * i, 2 * i + 2).clear();
        }
        add(name, value);
    }

    private void add(String name, String value) {
        namesAndValues.add(name);
        namesAndValues.add(value);
    }

    private int indexOf(String name) {
        for (int i = 0; i < size(); i++) {
            if (name(i).equals(name)) {
                return i;
            }
        }
        return -1;
    }

    void writeTo(MultiMap target) {
        for (int i = 0; i < size(); i++) {
            target.add(name(i), value(i));
        }
    }
}
