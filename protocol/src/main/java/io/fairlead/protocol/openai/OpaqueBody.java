package io.fairlead.protocol.openai;

import java.util.List;

/** A body that passes as it is, whatever it holds. Immutable. */
public final class OpaqueBody implements RequestBody {
    private final byte[] bytes;
    private final RequestFacts facts;

    private OpaqueBody(byte[] bytes, RequestFacts facts) {
        this.bytes = bytes;
        this.facts = facts;
    }

    static OpaqueBody of(byte[] bytes) {
        return new OpaqueBody(bytes, RequestFacts.NONE);
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
