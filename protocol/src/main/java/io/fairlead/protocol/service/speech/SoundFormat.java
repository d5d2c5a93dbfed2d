package io.fairlead.protocol.service.speech;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** OpenAI's formats of sound; {@code pcm} is 24 kHz, 16 bit, mono, without a header. Immutable. */
enum SoundFormat {
    MP3("audio/mpeg"),
    OPUS("audio/opus"),
    AAC("audio/aac"),
    FLAC("audio/flac"),
    WAV("audio/wav"),
    PCM("audio/pcm");

    private final String mediaType;

    SoundFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    String mediaType() {
        return mediaType;
    }

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<SoundFormat> parse(String name) {
        return Arrays.stream(values()).filter(it -> it.wireName().equals(name)).findFirst();
    }

    static String all() {
        return Arrays.stream(values()).map(SoundFormat::wireName).collect(Collectors.joining(", "));
    }
}
