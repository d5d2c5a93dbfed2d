package io.fairlead.protocol.service.moderation;

import java.util.Optional;

/**
 * OpenAI's categories, each with the one of Mistral's that judges the same, where there is one.
 * Immutable.
 */
enum Category {
    HARASSMENT("harassment", ""),
    HARASSMENT_THREATENING("harassment/threatening", ""),
    SEXUAL("sexual", "sexual"),
    HATE("hate", "hate_and_discrimination"),
    HATE_THREATENING("hate/threatening", ""),
    ILLICIT("illicit", "dangerous_and_criminal_content"),
    ILLICIT_VIOLENT("illicit/violent", ""),
    SELF_HARM_INTENT("self-harm/intent", ""),
    SELF_HARM_INSTRUCTIONS("self-harm/instructions", ""),
    SELF_HARM("self-harm", "selfharm"),
    SEXUAL_MINORS("sexual/minors", ""),
    VIOLENCE("violence", "violence_and_threats"),
    VIOLENCE_GRAPHIC("violence/graphic", "");

    private final String wireName;
    private final String mistrals;

    Category(String wireName, String mistrals) {
        this.wireName = wireName;
        this.mistrals = mistrals;
    }

    String wireName() {
        return wireName;
    }

    /** Empty: Mistral has none that judges the same. */
    Optional<String> mistrals() {
        return Optional.of(mistrals).filter(it -> !it.isEmpty());
    }
}
