package io.fairlead.protocol.model;

import io.fairlead.kernel.Protocol;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonString;

import java.util.Optional;

/** A tool the model may use. Immutable. */
public sealed interface Tool {
    String name();

    /**
     * A function of the client's.
     *
     * @param parameters JSON Schema of its arguments; empty: it takes none
     * @param strict whether arguments must follow the schema to the letter; empty: the default
     */
    record Function(
            String name,
            Optional<JsonString> description,
            Optional<Json> parameters,
            Optional<Boolean> strict,
            Optional<CacheMark> cache,
            Beside beside)
            implements Tool {
        /** An empty description says nothing, and is none. */
        public static Function of(String name, String description, Json parameters) {
            return new Function(
                    name,
                    Optional.of(JsonString.of(description)).filter(text -> !text.isEmpty()),
                    Optional.of(parameters),
                    Optional.empty(),
                    Optional.empty(),
                    Beside.NONE);
        }

        public Function withParameters(Optional<Json> newParameters) {
            return new Function(name, description, newParameters, strict, cache, beside);
        }

        public Function withStrict(Optional<Boolean> newStrict) {
            return new Function(name, description, parameters, newStrict, cache, beside);
        }

        public Function withCache(Optional<CacheMark> newCache) {
            return new Function(name, description, parameters, strict, newCache, beside);
        }
    }

    /**
     * A tool of the client's that takes free text.
     *
     * @param format what the text must look like (a grammar), as OpenAI writes it; empty: anything
     */
    record Custom(String name, Optional<String> description, Optional<Json> format, Beside beside)
            implements Tool {}

    /**
     * A tool that runs at the provider, or whose shape only its protocol knows: web search, code
     * execution, computer use.
     *
     * @param name what its protocol calls it: {@code web_search_20250305}, {@code googleSearch}
     */
    record Hosted(Protocol origin, String name, Json raw) implements Tool {}
}
