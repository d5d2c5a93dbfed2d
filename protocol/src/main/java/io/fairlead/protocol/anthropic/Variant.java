package io.fairlead.protocol.anthropic;

import io.fairlead.kernel.Protocol;

/**
 * Where the protocol is spoken, which changes the path and a few members of the body. Immutable.
 */
enum Variant {
    /** Anthropic's own API: the model is in the body, betas are a header. */
    MESSAGES(Protocol.ANTHROPIC_MESSAGES, ""),
    /** Vertex AI: the model is in the path, the version in the body. */
    VERTEX(Protocol.VERTEX_ANTHROPIC, "vertex-2023-10-16"),
    /** Bedrock's InvokeModel: as Vertex, but betas are in the body and streaming in the path. */
    BEDROCK(Protocol.ANTHROPIC_MESSAGES, "bedrock-2023-05-31");

    private final Protocol protocol;
    private final String version;

    Variant(Protocol protocol, String version) {
        this.protocol = protocol;
        this.version = version;
    }

    Protocol protocol() {
        return protocol;
    }

    /** The value of {@code anthropic_version}; empty: the body has none. */
    String version() {
        return version;
    }

    boolean modelInPath() {
        return this != MESSAGES;
    }
}
