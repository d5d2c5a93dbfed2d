package io.fairlead.protocol.service.embed;

import io.fairlead.protocol.json.Json;

import java.util.List;
import java.util.Optional;

/** What one vector is made of. Immutable. */
public sealed interface Content {
    /** Its text, if it is text and nothing else. */
    Optional<String> text();

    /** A text. */
    record Text(String words) implements Content {
        @Override
        public Optional<String> text() {
            return Optional.of(words);
        }
    }

    /** A text as the numbers of its tokens. */
    record Tokens(Json numbers) implements Content {
        @Override
        public Optional<String> text() {
            return Optional.empty();
        }
    }

    /** Texts and media that make one vector, as Google writes them. */
    record Parts(List<Json> parts) implements Content {
        public Parts {
            parts = List.copyOf(parts);
        }

        @Override
        public Optional<String> text() {
            StringBuilder all = new StringBuilder();
            for (Json part : parts) {
                Optional<Json> text = part.get("text").filter(Json::isString);
                if (text.isEmpty()) {
                    return Optional.empty();
                }
                all.append(all.isEmpty() ? "" : "\n").append(text.get().text());
            }
            return Optional.of(all.toString());
        }
    }

    /** A text or an image as an object, as Jina writes them. */
    record Item(Json object) implements Content {
        @Override
        public Optional<String> text() {
            return object.members().size() == 1
                    ? object.get("text").filter(Json::isString).map(Json::text)
                    : Optional.empty();
        }
    }
}
