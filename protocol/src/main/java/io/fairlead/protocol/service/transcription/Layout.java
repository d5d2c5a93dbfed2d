package io.fairlead.protocol.service.transcription;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** How a transcript is laid out for the client: OpenAI's {@code response_format}. Immutable. */
enum Layout {
    JSON,
    TEXT,
    VERBOSE_JSON,
    SRT,
    VTT,
    DIARIZED_JSON;

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Layout> parse(String name) {
        return Arrays.stream(values()).filter(it -> it.wireName().equals(name)).findFirst();
    }

    static String all() {
        return Arrays.stream(values()).map(Layout::wireName).collect(Collectors.joining(", "));
    }

    /** Whether it says when something was said. */
    boolean timed() {
        return this == VERBOSE_JSON || this == SRT || this == VTT || this == DIARIZED_JSON;
    }
}
