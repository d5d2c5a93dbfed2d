package io.fairlead.protocol.service;

import static io.fairlead.protocol.json.JsonText.utf8;

import io.fairlead.protocol.adapt.Unsupported;
import io.fairlead.protocol.codec.ProviderRequest;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes a {@code multipart/form-data} body. Confined to one thread. */
public final class FormWriter {
    private static final String LINE = "\r\n";
    private static final int MOST_TRIES = 4;

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Piece(String head, byte[] in, int from, int to) {}

    private final List<Piece> pieces = new ArrayList<>();
    private final String seed;

    /**
     * @param seed letters and digits that clients can't guess, of which the boundary is made
     */
    public FormWriter(String seed) {
        this.seed = seed;
    }

    public FormWriter field(String name, String value) {
        byte[] bytes = utf8(value);
        pieces.add(
                new Piece(
                        "Content-Disposition: form-data; name=\"" + clean(name) + '"',
                        bytes,
                        0,
                        bytes.length));
        return this;
    }

    public FormWriter field(String name, Optional<String> value) {
        value.ifPresent(it -> field(name, it));
        return this;
    }

    public FormWriter number(String name, Optional<BigDecimal> value) {
        value.ifPresent(it -> field(name, it.toPlainString()));
        return this;
    }

    /**
     * A file.
     *
     * @param otherwise how the file is called if it has no name: some providers look at the ending
     */
    public FormWriter file(String name, Upload file, String otherwise) {
        String head =
                "Content-Disposition: form-data; name=\""
                        + clean(name)
                        + "\"; filename=\""
                        + clean(file.name().isEmpty() ? otherwise : file.name())
                        + '"'
                        + LINE
                        + "Content-Type: "
                        + file.mediaType();
        pieces.add(new Piece(head, file.in(), file.from(), file.to()));
        return this;
    }

    private static String clean(String text) {
        return text.replace("\r", "%0D").replace("\n", "%0A").replace("\"", "%22");
    }

    /** The form as a request to this path. */
    public ProviderRequest to(String path) {
        String boundary = boundary();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Piece piece : pieces) {
            out.writeBytes(utf8("--" + boundary + LINE + piece.head() + LINE + LINE));
            out.write(piece.in(), piece.from(), piece.to() - piece.from());
            out.writeBytes(utf8(LINE));
        }
        out.writeBytes(utf8("--" + boundary + "--" + LINE));
        return new ProviderRequest(
                path,
                Map.of("content-type", "multipart/form-data; boundary=" + boundary),
                out.toByteArray());
    }

    /** One that stands in no piece, so that no file ends early and brings fields of its own. */
    private String boundary() {
        StringBuilder boundary = new StringBuilder("fairlead-").append(seed);
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            byte[] mark = utf8(boundary.toString());
            if (pieces.stream().noneMatch(piece -> holds(piece, mark))) {
                return boundary.toString();
            }
            boundary.append(tries);
        }
        throw new Unsupported("file", "its bytes would end the form that it is sent in");
    }

    private static boolean holds(Piece piece, byte[] mark) {
        int last = piece.to() - mark.length;
        for (int i = piece.from(); i <= last; i++) {
            int same = 0;
            while (same < mark.length && piece.in()[i + same] == mark[same]) {
                same++;
            }
            if (same == mark.length) {
                return true;
            }
        }
        return false;
    }
}
