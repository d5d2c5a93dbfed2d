package io.fairlead.protocol.service;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What sort of sound or image bytes are: many clients don't say, and some providers want to know.
 * Stateless: any thread.
 */
public final class MediaTypes {
    private static final String UNKNOWN = "application/octet-stream";

    private static final Map<String, String> BY_ENDING =
            Map.ofEntries(
                    Map.entry("flac", "audio/flac"),
                    Map.entry("m4a", "audio/mp4"),
                    Map.entry("mp3", "audio/mpeg"),
                    Map.entry("mp4", "audio/mp4"),
                    Map.entry("mpeg", "audio/mpeg"),
                    Map.entry("mpga", "audio/mpeg"),
                    Map.entry("oga", "audio/ogg"),
                    Map.entry("ogg", "audio/ogg"),
                    Map.entry("opus", "audio/ogg"),
                    Map.entry("wav", "audio/wav"),
                    Map.entry("webm", "audio/webm"),
                    Map.entry("aac", "audio/aac"),
                    Map.entry("png", "image/png"),
                    Map.entry("jpg", "image/jpeg"),
                    Map.entry("jpeg", "image/jpeg"),
                    Map.entry("webp", "image/webp"),
                    Map.entry("gif", "image/gif"));

    private MediaTypes() {}

    /** The type as given, unless that says nothing; else by first bytes, else by name. */
    static String of(Optional<String> given, String name, byte[] in, int from, int to) {
        String told = given.map(MediaTypes::plain).orElse("");
        if (told.startsWith("audio/") || told.startsWith("image/") || told.startsWith("video/")) {
            return told;
        }
        String seen = of(in, from, to);
        if (!seen.equals(UNKNOWN)) {
            return seen;
        }
        String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return BY_ENDING.getOrDefault(ending, UNKNOWN);
    }

    /** Without parameters, and without what could end a header. */
    private static String plain(String type) {
        String bare = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        boolean clean =
                bare.chars().allMatch(c -> c > ' ' && c < 127 && "\"(),:<=>?@[]{}".indexOf(c) < 0);
        return clean ? bare : "";
    }

    /** What the first bytes say. */
    public static String of(byte[] in, int from, int to) {
        if (is(in, from, to, "RIFF") && is(in, from + 8, to, "WAVE")) {
            return "audio/wav";
        }
        if (is(in, from, to, "RIFF") && is(in, from + 8, to, "WEBP")) {
            return "image/webp";
        }
        if (is(in, from, to, "ID3") || (at(in, from, to) == 0xff && at(in, from + 1, to) == 0xfb)) {
            return "audio/mpeg";
        }
        if (is(in, from, to, "fLaC")) {
            return "audio/flac";
        }
        if (is(in, from, to, "OggS")) {
            return "audio/ogg";
        }
        if (is(in, from + 4, to, "ftyp")) {
            return "audio/mp4";
        }
        if (is(in, from + 1, to, "PNG")) {
            return "image/png";
        }
        if (at(in, from, to) == 0xff && at(in, from + 1, to) == 0xd8) {
            return "image/jpeg";
        }
        return is(in, from, to, "GIF8") ? "image/gif" : UNKNOWN;
    }

    private static boolean is(byte[] in, int from, int to, String magic) {
        for (int i = 0; i < magic.length(); i++) {
            if (at(in, from + i, to) != magic.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static int at(byte[] in, int place, int to) {
        return place < to ? in[place] & 0xff : -1;
    }
}
