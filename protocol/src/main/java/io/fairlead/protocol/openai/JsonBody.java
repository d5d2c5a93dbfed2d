package io.fairlead.protocol.openai;

import io.fairlead.kernel.Endpoint;

import java.util.List;

/** A JSON request body. Immutable. */
public final class JsonBody implements RequestBody {
    private final byte[] bytes;
    private final RequestFacts facts;

    private JsonBody(byte[] bytes, RequestFacts facts) {
        this.bytes = bytes;
        this.facts = facts;
    }

    static JsonBody scan(Endpoint endpoint, byte[] body) {
        return new JsonBody(body, RequestFacts.NONE);
    }

    @Override
    public RequestFacts facts() {
        return facts;
    }

    @Override
    public RewrittenBody rewrite(RequestEdit edit) {
        return new RewrittenBody(bytes, List.of());
    }

    @Override
    public int length() {
        return bytes.length;
    }
}
