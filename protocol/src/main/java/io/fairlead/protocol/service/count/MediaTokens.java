package io.fairlead.protocol.service.count;

import io.fairlead.protocol.adapt.MediaRewrites;
import io.fairlead.protocol.model.Media;
import io.fairlead.protocol.model.Media.Source;

import java.util.Locale;

/**
 * About how many tokens media are, by what the makers of the models publish: Anthropic a token for
 * 750 pixels, Google 258 for a tile or page and 32 and 263 for a second of sound and film, OpenAI
 * 85 and 170 for each tile. What can't be seen in the request (the size of an image at an address,
 * the length of a film) is taken as usual. Immutable.
 */
enum MediaTokens {
    CLAUDE(1_500) {
        @Override
        long image(ImageSize size, boolean low) {
            double scale = Math.min(1, 1568.0 / Math.max(size.width(), size.height()));
            double tokens = size.width() * scale * size.height() * scale / 750;
            return Math.clamp(Math.round(tokens), 1, 1_600);
        }
    },
    GEMINI(258) {
        @Override
        long image(ImageSize size, boolean low) {
            boolean small = size.width() <= 384 && size.height() <= 384;
            return 258 * (small ? 1 : tiles(size.width(), 768) * tiles(size.height(), 768));
        }
    },
    OPENAI(1_500) {
        @Override
        long image(ImageSize size, boolean low) {
            if (low) {
                return 85;
            }
            double fit = Math.min(1, 2048.0 / Math.max(size.width(), size.height()));
            double shorter = Math.min(size.width(), size.height()) * fit;
            double scale = fit * Math.min(1, 768 / shorter);
            return 85 + 170 * tiles(size.width() * scale, 512) * tiles(size.height() * scale, 512);
        }
    };

    private static final ImageSize USUAL = new ImageSize(1024, 1024);
    private static final int SOUND_SECOND = 32;
    private static final int FILM_SECOND = 263;

    /** Bytes of a second of sound, and of film, in usual compression. */
    private static final int SOUND_BYTES = 16_000;

    private static final int FILM_BYTES = 250_000;

    /** Bytes of a usual page. */
    private static final int PAGE_BYTES = 50_000;

    private final int page;

    MediaTokens(int page) {
        this.page = page;
    }

    static MediaTokens of(String model) {
        String name = model.toLowerCase(Locale.ROOT);
        return name.contains("claude") ? CLAUDE : name.contains("gemini") ? GEMINI : OPENAI;
    }

    abstract long image(ImageSize size, boolean low);

    private static long tiles(double length, int side) {
        return Math.max(1, (long) Math.ceil(length / side));
    }

    long count(Media medium) {
        Source source = MediaRewrites.dataInline(medium).source();
        String base64 = source instanceof Source.Inline inline ? inline.base64() : "";
        long bytes = base64.length() * 3L / 4;
        return switch (medium.kind()) {
            case IMAGE ->
                    image(
                            ImageSize.of(base64).orElse(USUAL),
                            medium.detail().filter("low"::equals).isPresent());
            case DOCUMENT -> page * atLeastOne(bytes, PAGE_BYTES);
            case AUDIO -> SOUND_SECOND * atLeastOne(bytes, SOUND_BYTES);
            case VIDEO -> FILM_SECOND * atLeastOne(bytes, FILM_BYTES);
        };
    }

    private static long atLeastOne(long bytes, int each) {
        return Math.max(1, (bytes + each - 1) / each);
    }
}
