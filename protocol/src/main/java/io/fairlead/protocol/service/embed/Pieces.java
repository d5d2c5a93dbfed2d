package io.fairlead.protocol.service.embed;

import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonArray;
import io.fairlead.protocol.json.JsonObject;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The texts and images that make one vector, in whichever of the providers' forms a client wrote
 * them. Immutable.
 */
record Pieces(List<Piece> all) {
    private static final List<String> SCHEMES = List.of("data:", "https://", "http://");

    /** How base64 of images begins that does not say what it is. */
    private static final List<String[]> BEGINNINGS =
            List.of(
                    new String[] {"iVBOR", "image/png"},
                    new String[] {"R0lG", "image/gif"},
                    new String[] {"UklG", "image/webp"});

    /** One of them. */
    sealed interface Piece {
        /** A text. */
        record Words(String text) implements Piece {}

        /**
         * An image.
         *
         * @param url its address, or itself as a data URL
         */
        record Image(String url) implements Piece {
            /** Whether it is only named. */
            boolean isRemote() {
                return !url.startsWith("data:");
            }

            /** What is behind the comma of a data URL. */
            String base64() {
                return url.substring(url.indexOf(',') + 1);
            }

            /** {@code png}, {@code jpeg} and so on. */
            String format() {
                int slash = url.indexOf('/');
                int end = url.indexOf(';');
                return slash < 0 || end < slash ? "" : url.substring(slash + 1, end);
            }
        }
    }

    Pieces {
        all = List.copyOf(all);
    }

    /** Those of an input; empty: there is something else in it, or nothing. */
    static Optional<Pieces> of(Content content) {
        return switch (content) {
            case Content.Text text ->
                    Optional.of(new Pieces(List.of(new Piece.Words(text.words()))));
            case Content.Tokens _ -> Optional.empty();
            case Content.Parts parts -> of(parts.parts());
            case Content.Item item -> {
                Optional<Json> list = item.object().get("content").filter(Json::isArray);
                yield of(list.map(Json::elements).orElse(List.of(item.object())));
            }
        };
    }

    private static Optional<Pieces> of(List<Json> parts) {
        List<Piece> pieces = new ArrayList<>();
        for (Json part : parts) {
            int before = pieces.size();
            if (part.isString()) {
                pieces.add(new Piece.Words(part.text()));
            } else if (part.isObject()) {
                text(part, "text").map(Piece.Words::new).ifPresent(pieces::add);
                image(part).map(Piece.Image::new).ifPresent(pieces::add);
            }
            if (pieces.size() == before) {
                return Optional.empty();
            }
        }
        return pieces.isEmpty() ? Optional.empty() : Optional.of(new Pieces(pieces));
    }

    private static Optional<String> image(Json part) {
        return text(part, "image_url")
                .or(() -> part.get("image_url").flatMap(it -> text(it, "url")))
                .or(() -> text(part, "image_base64"))
                .or(() -> text(part, "image"))
                .or(() -> part.get("inlineData").flatMap(Pieces::inline))
                .filter(it -> !it.isEmpty())
                .map(it -> SCHEMES.stream().anyMatch(it::startsWith) ? it : ofBase64(it));
    }

    private static Optional<String> inline(Json data) {
        return text(data, "data")
                .map(it -> "data:" + text(data, "mimeType").orElse("image/png") + ";base64," + it);
    }

    private static String ofBase64(String base64) {
        String type = "image/jpeg";
        for (String[] known : BEGINNINGS) {
            type = base64.startsWith(known[0]) ? known[1] : type;
        }
        return "data:" + type + ";base64," + base64;
    }

    private static Optional<String> text(Json object, String name) {
        return object.isObject()
                ? object.get(name).filter(Json::isString).map(Json::text)
                : Optional.empty();
    }

    List<Piece.Image> images() {
        return all.stream()
                .filter(Piece.Image.class::isInstance)
                .map(Piece.Image.class::cast)
                .toList();
    }

    /** All its texts, line by line; empty: there is none. */
    Optional<String> words() {
        StringBuilder words = new StringBuilder();
        for (Piece piece : all) {
            if (piece instanceof Piece.Words(String text)) {
                words.append(words.isEmpty() ? "" : "\n").append(text);
            }
        }
        return words.isEmpty() ? Optional.empty() : Optional.of(words.toString());
    }

    /** The same, with other addresses of images. */
    Content with(UnaryOperator<String> urls) {
        JsonArray content = new JsonArray();
        for (Piece piece : all) {
            JsonObject part = content.addObject();
            switch (piece) {
                case Piece.Words words -> part.put("type", "text").put("text", words.text());
                case Piece.Image image ->
                        part.put("type", "image_url")
                                .object("image_url")
                                .put("url", urls.apply(image.url()));
            }
        }
        return new Content.Item(new JsonObject().put("content", content).toJson());
    }
}
