package io.fairlead.simulator.openai;

import tools.jackson.databind.json.JsonMapper;

/** The JSON mapper of this package. Thread-safe. */
final class Json {
    static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Json() {}

    /** A text as a JSON string, with its quotes. */
    static String quote(String text) {
        return MAPPER.writeValueAsString(text);
    }
}
