package io.fairlead.protocol.openai;

import io.fairlead.kernel.GatewayException;
import io.fairlead.protocol.codec.Unreadable;
import io.fairlead.protocol.openai.MultipartScan.Part;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The fields and files of a {@code multipart/form-data} body, in their order. Files are views of
 * it. Immutable, as long as nobody changes the bytes.
 */
public final class FormData {
    /**
     * A file.
     *
     * @param field the name of its field
     * @param name as the client calls it; empty: not at all
     * @param mediaType as the client gave it
     * @param in the body it stands in
     */
    @SuppressWarnings("ArrayRecordComponent") // bytes of a client: never compared
    public record File(
            String field, String name, Optional<String> mediaType, byte[] in, int from, int to) {}

    /** A field that is no file. */
    public record Field(String name, String value) {}

    private final List<Field> fields = new ArrayList<>();
    private final List<File> files = new ArrayList<>();

    private FormData(byte[] body, List<Part> parts, MultipartScan scan) {
        for (Part part : parts) {
            if (part.fileName().isPresent()) {
                files.add(
                        new File(
                                part.name(),
                                part.fileName().get(),
                                part.mediaType(),
                                body,
                                part.from(),
                                part.to()));
            } else {
                fields.add(new Field(part.name(), scan.text(part)));
            }
        }
    }

    /**
     * Reads a body.
     *
     * @throws Unreadable if it is no form
     */
    public static FormData read(Optional<String> contentType, byte[] body) {
        if (contentType.isEmpty() || !MultipartBody.isMultipart(contentType.get())) {
            throw new Unreadable("", "The request body must be multipart/form-data");
        }
        try {
            MultipartScan scan = new MultipartScan(body, MultipartScan.boundary(contentType.get()));
            scan.read();
            return new FormData(body, scan.parts(), scan);
        } catch (GatewayException malformed) {
            throw new Unreadable("", malformed.error().message());
        }
    }

    public List<Field> fields() {
        return fields;
    }

    /** The last value of this name that is not empty. */
    public Optional<String> text(String name) {
        return texts(name).stream().reduce((_, last) -> last);
    }

    /** The values of this name, also as {@code name[]}, that are not empty. */
    public List<String> texts(String name) {
        return fields.stream()
                .filter(field -> isCalled(field.name(), name))
                .map(field -> field.value().strip())
                .filter(value -> !value.isEmpty())
                .toList();
    }

    /** The files of this name, also as {@code name[]}. */
    public List<File> files(String name) {
        return files.stream().filter(file -> isCalled(file.field(), name)).toList();
    }

    private static boolean isCalled(String found, String name) {
        return found.equals(name)
                || (found.length() == name.length() + 2
                        && found.startsWith(name)
                        && found.endsWith("[]"));
    }
}
