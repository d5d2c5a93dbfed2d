package io.fairlead.protocol.service.images;

import io.fairlead.kernel.Endpoint;
import io.fairlead.protocol.adapt.Unsupported;
import io.fairlead.protocol.json.Json;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Images to be made. Immutable.
 *
 * @param endpoint whether they are made, edited or varied
 * @param prompt empty for variations
 * @param images to begin with
 * @param masked whether only a part of them shall change
 * @param n how many
 * @param size in pixels; absent: the provider's choice
 * @param ratio {@code 16:9}, as some clients say it beside OpenAI's schema
 * @param quality absent: the provider's choice
 * @param transparent whether the background shall be
 * @param format {@code png}, {@code jpeg}, {@code webp}
 * @param compression 0 to 100
 * @param url whether an address of each is wanted, and not the image
 * @param body the client's members, those of a form among them
 */
record ImageRequest(
        Endpoint endpoint,
        String prompt,
        List<Picture> images,
        boolean masked,
        long n,
        Optional<Size> size,
        Optional<String> ratio,
        Optional<String> quality,
        boolean transparent,
        Optional<String> format,
        Optional<Long> compression,
        boolean url,
        Json body) {
    /** Wishes that change no meaning, where nobody can fulfil them. */
    private static final Set<String> HARMLESS =
            Set.of("style", "moderation", "input_fidelity", "partial_images");

    /** In pixels. */
    record Size(int width, int height) {}

    ImageRequest {
        images = List.copyOf(images);
    }

    ImageRequest withImages(List<Picture> others) {
        return new ImageRequest(
                endpoint,
                prompt,
                others,
                masked,
                n,
                size,
                ratio,
                quality,
                transparent,
                format,
                compression,
                url,
                body);
    }

    /** Refuses what no provider but OpenAI, or one like it, can do. */
    void refuseOpenAisOwn() {
        if (url) {
            throw new Unsupported(
                    "response_format", "the provider gives bytes, no URL (expected: b64_json)");
        }
        if (transparent) {
            throw new Unsupported("background", "the provider has none that is transparent");
        }
        refuseMask();
    }

    void refuseMask() {
        if (masked) {
            throw new Unsupported("mask", "the provider changes images as a whole");
        }
    }

    void refuseMoreThan(long most) {
        if (n > most) {
            throw new Unsupported(
                    "n", "the provider makes at most " + most + " images for one request");
        }
    }

    /** Refuses formats besides these. */
    void refuseFormatsBut(String provider, List<String> known) {
        if (format.filter(it -> !known.contains(it)).isPresent()) {
            throw new Unsupported(
                    "output_format",
                    provider + " does not make it (expected: " + String.join(", ", known) + ")");
        }
    }

    /** Names of those harmless wishes that were made, to be added to. */
    List<String> wishes() {
        List<String> made = new ArrayList<>();
        for (Json.Member member : body.members()) {
            if (HARMLESS.contains(member.name()) && !member.value().isNull()) {
                made.add(member.name());
            }
        }
        return made;
    }

    /** The same, with a quality that can't be chosen and a compression that can't be set. */
    List<String> wishesAndQuality() {
        List<String> made = wishes();
        if (quality.filter(it -> !it.equals("auto")).isPresent()) {
            made.add("quality");
        }
        if (compression.isPresent()) {
            made.add("output_compression");
        }
        return made;
    }

    /** Whether the best is asked for. */
    boolean best() {
        String said = quality.orElse("").toLowerCase(Locale.ROOT);
        return said.equals("high") || said.equals("hd");
    }
}
