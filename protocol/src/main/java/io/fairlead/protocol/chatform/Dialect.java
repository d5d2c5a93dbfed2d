package io.fairlead.protocol.chatform;

import io.fairlead.kernel.Protocol;

/**
 * In what the protocols of this family differ when they write. Reading understands all of them.
 * Immutable.
 *
 * @param protocol whose words these are
 * @param maxTokens member that limits the output
 * @param seed member for the seed
 * @param anyTool word for a tool choice that must use some tool
 * @param reasoning where thoughts stand
 * @param usageOption whether a stream tells its usage only if it is asked for
 */
public record Dialect(
        Protocol protocol,
        String maxTokens,
        String seed,
        String anyTool,
        ReasoningPlace reasoning,
        boolean usageOption) {
    /** Where thoughts stand in a message. */
    public enum ReasoningPlace {
        /** {@code reasoning_content}, and {@code reasoning_details} where there are seals. */
        CONTENT("reasoning_content"),
        /** {@code reasoning} with {@code reasoning_details} beside it, as at OpenRouter. */
        DETAILS("reasoning"),
        /** Parts of the content, of the type {@code thinking}. */
        PARTS("reasoning_content");

        private final String member;

        ReasoningPlace(String member) {
            this.member = member;
        }

        /** The member its text stands in. */
        public String member() {
            return member;
        }
    }
}
