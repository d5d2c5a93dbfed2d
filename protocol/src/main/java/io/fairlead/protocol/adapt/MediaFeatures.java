package io.fairlead.protocol.adapt;

import io.fairlead.protocol.model.Media;
import io.fairlead.protocol.model.Media.Source;

/** Which feature a medium is, by its kind and source. Stateless: any thread. */
public final class MediaFeatures {
    private MediaFeatures() {}

    public static Feature of(Media media) {
        Source source = media.source();
        return switch (media.kind()) {
            case IMAGE -> pick(source, Feature.IMAGE_INLINE, Feature.IMAGE_URL, Feature.IMAGE_FILE);
            case DOCUMENT ->
                    pick(
                            source,
                            Feature.DOCUMENT_INLINE,
                            Feature.DOCUMENT_URL,
                            Feature.DOCUMENT_FILE);
            case AUDIO -> pick(source, Feature.AUDIO_INLINE, Feature.AUDIO_URL, Feature.AUDIO_FILE);
            case VIDEO -> pick(source, Feature.VIDEO_INLINE, Feature.VIDEO_URL, Feature.VIDEO_FILE);
        };
    }

    private static Feature pick(Source source, Feature inline, Feature url, Feature file) {
        return switch (source) {
            case Source.Inline ignored -> inline;
            case Source.Url ignored -> url;
            case Source.FileId ignored -> file;
            case Source.PlainText ignored -> Feature.DOCUMENT_TEXT;
            case Source.Parts ignored -> Feature.DOCUMENT_PARTS;
        };
    }
}
