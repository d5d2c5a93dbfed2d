package io.fairlead.protocol.model;

import io.fairlead.protocol.json.JsonString;

import java.util.List;
import java.util.Optional;

/**
 * An image, document, sound or film. Immutable.
 *
 * @param name file name or title
 * @param detail how closely an image shall be looked at: {@code low}, {@code high}, {@code auto} …
 */
public record Media(
        Kind kind, Source source, Optional<String> name, Optional<String> detail, Marks marks)
        implements Part {
    /** What it is to the model. */
    public enum Kind {
        IMAGE,
        DOCUMENT,
        AUDIO,
        VIDEO
    }

    /** Where its content is. */
    public sealed interface Source {
        /**
         * The bytes themselves.
         *
         * @param data as standard base64
         */
        record Inline(String mediaType, JsonString data) implements Source {
            public Inline(String mediaType, String base64) {
                this(mediaType, JsonString.of(base64));
            }

            public String base64() {
                return data.text();
            }
        }

        /**
         * At an address on the web, or of the provider's storage ({@code s3://}, {@code gs://}).
         */
        record Url(String url, Optional<String> mediaType) implements Source {}

        /** A file that was uploaded to the provider before. */
        record FileId(String id, Optional<String> mediaType) implements Source {}

        /** A document that is plain text. */
        record PlainText(String text) implements Source {}

        /** A document made of parts. */
        record Parts(List<Part> parts) implements Source {
            public Parts {
                parts = List.copyOf(parts);
            }
        }
    }

    public static Media inline(Kind kind, String mediaType, String base64) {
        Source source = new Source.Inline(mediaType, base64);
        return new Media(kind, source, Optional.empty(), Optional.empty(), Marks.NONE);
    }

    public static Media url(Kind kind, String url) {
        Source source = new Source.Url(url, Optional.empty());
        return new Media(kind, source, Optional.empty(), Optional.empty(), Marks.NONE);
    }

    public Media withSource(Source newSource) {
        return new Media(kind, newSource, name, detail, marks);
    }

    public Media withDetail(Optional<String> newDetail) {
        return new Media(kind, source, name, newDetail, marks);
    }

    @Override
    public Media withMarks(Marks newMarks) {
        return new Media(kind, source, name, detail, newMarks);
    }
}
