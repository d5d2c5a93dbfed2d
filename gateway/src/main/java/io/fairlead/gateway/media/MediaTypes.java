package io.fairlead.gateway.media;

import io.fairlead.protocol.model.Media.Kind;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What fetched bytes are: the server's word and the bytes' own must both fit what the request calls
 * them. Stateless.
 */
final class MediaTypes {
    private static final String UNKNOWN = "application/octet-stream";
    private static final String OFFICE = "application/vnd.openxmlformats-officedocument.";

    /** Types that are text though they are not called so. */
    private static final List<String> TEXTS =
            List.of("application/json", "application/xml", "application/yaml", "application/csv");

    private MediaTypes() {}

    /**
     * The type that a model is told.
     *
     * @param declared the server's {@code content-type}
     */
    static String fitting(Kind kind, Optional<String> declared, byte[] bytes) throws Refusal {
        String said = plain(declared.orElse(UNKNOWN));
        if (!mayBe(kind, said)) {
            throw new Refusal("the server calls it " + shown(said) + ", which is no " + word(kind));
        }
        String seen = sniffed(kind, bytes);
        if (seen != null) {
            return seen;
        }
        if (kind == Kind.DOCUMENT && documentOf(said, bytes)) {
            return said;
        }
        throw new Refusal("its bytes are no " + word(kind) + " of a known type");
    }

    private static boolean mayBe(Kind kind, String said) {
        if (said.equals(UNKNOWN) || said.equals("binary/octet-stream")) {
            return true;
        }
        return switch (kind) {
            case IMAGE -> said.startsWith("image/");
            case AUDIO -> said.startsWith("audio/") || said.equals("application/ogg");
            // containers of films hold sound alone as well, and the other way round
            case VIDEO -> said.startsWith("video/") || said.equals("application/mp4");
            case DOCUMENT -> said.startsWith("text/") || said.startsWith("application/");
        };
    }

    private static @Nullable String sniffed(Kind kind, byte[] b) {
        return switch (kind) {
            case IMAGE -> image(b);
            case AUDIO -> audio(b);
            case VIDEO -> video(b);
            case DOCUMENT -> has(b, 0, "%PDF-") ? "application/pdf" : null;
        };
    }

    private static @Nullable String image(byte[] b) {
        if (has(b, 0, "\u0089PNG\r\n\u001a\n")) {
            return "image/png";
        }
        if (has(b, 0, "\u00ff\u00d8\u00ff")) {
            return "image/jpeg";
        }
        if (has(b, 0, "GIF87a") || has(b, 0, "GIF89a")) {
            return "image/gif";
        }
        if (has(b, 0, "RIFF") && has(b, 8, "WEBP")) {
            return "image/webp";
        }
        if (has(b, 0, "II*\0") || has(b, 0, "MM\0*")) {
            return "image/tiff";
        }
        if (has(b, 0, "BM") && has(b, 6, "\0\0\0\0")) {
            return "image/bmp";
        }
        if (has(b, 4, "ftypavif") || has(b, 4, "ftypavis")) {
            return "image/avif";
        }
        return has(b, 4, "ftyphei") || has(b, 4, "ftyphev") || has(b, 4, "ftypmif1")
                ? "image/heic"
                : null;
    }

    private static @Nullable String audio(byte[] b) {
        if (has(b, 0, "RIFF") && has(b, 8, "WAVE")) {
            return "audio/wav";
        }
        if (has(b, 0, "ID3")) {
            return "audio/mpeg";
        }
        if (has(b, 0, "fLaC")) {
            return "audio/flac";
        }
        if (has(b, 0, "OggS")) {
            return "audio/ogg";
        }
        if (has(b, 4, "ftyp")) {
            return "audio/mp4";
        }
        if (has(b, 0, "FORM") && (has(b, 8, "AIFF") || has(b, 8, "AIFC"))) {
            return "audio/aiff";
        }
        if (has(b, 0, "\u001aE\u00df\u00a3")) {
            return "audio/webm";
        }
        if (b.length < 2 || b[0] != (byte) 0xff || (b[1] & 0xe0) != 0xe0) {
            return null;
        }
        return (b[1] & 0x06) == 0 ? "audio/aac" : "audio/mpeg"; // no layer: ADTS
    }

    private static @Nullable String video(byte[] b) {
        if (has(b, 4, "ftypqt")) {
            return "video/quicktime";
        }
        if (has(b, 4, "ftyp3g")) {
            return "video/3gpp";
        }
        if (has(b, 4, "ftyp")) {
            return "video/mp4";
        }
        if (has(b, 0, "\u001aE\u00df\u00a3")) {
            return contains(b, "webm", 64) ? "video/webm" : "video/x-matroska";
        }
        if (has(b, 0, "FLV\u0001")) {
            return "video/x-flv";
        }
        if (has(b, 0, "RIFF") && has(b, 8, "AVI ")) {
            return "video/x-msvideo";
        }
        return has(b, 0, "\0\0\u0001\u00ba") || has(b, 0, "\0\0\u0001\u00b3") ? "video/mpeg" : null;
    }

    /** Text, or a file of an office program; those have no magic of their own beyond the family. */
    private static boolean documentOf(String said, byte[] bytes) {
        if (said.startsWith(OFFICE)) {
            return has(bytes, 0, "PK\u0003\u0004");
        }
        if (said.equals("application/msword") || said.equals("application/vnd.ms-excel")) {
            return has(bytes, 0, "\u00d0\u00cf\u0011\u00e0");
        }
        return (said.startsWith("text/") || TEXTS.contains(said)) && text(bytes);
    }

    private static boolean text(byte[] bytes) {
        for (byte b : bytes) {
            if (b == 0) {
                return false;
            }
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return bytes.length > 0;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static boolean has(byte[] bytes, int at, String magic) {
        if (bytes.length < at + magic.length()) {
            return false;
        }
        for (int i = 0; i < magic.length(); i++) {
            if ((bytes[at + i] & 0xff) != magic.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static boolean contains(byte[] bytes, String word, int within) {
        for (int i = 0; i < within; i++) {
            if (has(bytes, i, word)) {
                return true;
            }
        }
        return false;
    }

    private static String plain(String type) {
        int parameter = type.indexOf(';');
        return (parameter < 0 ? type : type.substring(0, parameter))
                .strip()
                .toLowerCase(Locale.ROOT);
    }

    /** The server's words go into an error: a type, or nothing of them. */
    private static String shown(String type) {
        if (type.isEmpty() || type.length() > 80) {
            return "something";
        }
        for (int i = 0; i < type.length(); i++) {
            char c = type.charAt(i);
            if (c <= ' ' || c > '~') {
                return "something";
            }
        }
        return type;
    }

    private static String word(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
