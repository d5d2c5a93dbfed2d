package io.fairlead.protocol.openai;

import io.fairlead.kernel.Endpoint;

import java.util.List;

/** A {@code multipart/form-data} request body: audio and image uploads. Immutable. */
public final class MultipartBody implements RequestBody {
    private final byte[] bytes;
    private final RequestFacts facts;

    private MultipartBody(byte[] bytes, RequestFacts facts) {
        this.bytes = bytes;
        this.facts = facts;
    }

    static boolean isMultipart(String contentType) {
        return contentType.regionMatches(true, 0, "multipart/", 0, 10);
    }

    static MultipartBody scan(Endpoint endpoint, String contentType, byte[] body) {
        return new MultipartBody(body, RequestFacts.NONE);
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
