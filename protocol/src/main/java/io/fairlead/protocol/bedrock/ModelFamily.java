package io.fairlead.protocol.bedrock;

import java.util.Locale;

/**
 * Whose model it is, as far as its own request fields depend on it; read off its id, an ARN or the
 * id of an inference profile. Immutable.
 */
enum ModelFamily {
    CLAUDE,
    NOVA,
    GPT_OSS,
    /** Of another maker, without a switch for thinking that we know. */
    OTHER,
    /** The id does not say: an inference profile of the operator's own. */
    UNKNOWN;

    private static final String[] OTHER_MAKERS = {
        "amazon.",
        "meta.",
        "mistral.",
        "cohere.",
        "deepseek.",
        "qwen.",
        "ai21.",
        "writer.",
        "google.",
        "nvidia.",
        "minimax.",
        "moonshot.",
        "moonshotai.",
        "zai.",
        "openai.",
    };

    static ModelFamily of(String model) {
        String id = model.toLowerCase(Locale.ROOT);
        if (id.contains("anthropic.") || id.contains("claude")) {
            return CLAUDE;
        }
        if (id.contains("amazon.nova") || id.startsWith("nova-")) {
            return NOVA;
        }
        if (id.contains("gpt-oss")) {
            return GPT_OSS;
        }
        for (String maker : OTHER_MAKERS) {
            if (id.contains(maker)) {
                return OTHER;
            }
        }
        return UNKNOWN;
    }

    /** The same, but where the id does not say, what the request is written for. */
    ModelFamily or(ModelFamily written) {
        return this == UNKNOWN ? written : this;
    }
}
