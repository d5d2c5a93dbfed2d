package io.fairlead.protocol.openai;

import static io.fairlead.protocol.json.JsonText.utf8;

import io.fairlead.kernel.Endpoint;
import io.fairlead.protocol.json.JsonEdit;
import io.fairlead.protocol.openai.MultipartScan.Part;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A {@code multipart/form-data} request body (RFC 7578): audio and image uploads. Files are neither
 * copied nor looked into. Immutable.
 */
public final class MultipartBody implements RequestBody {
    private static final int MAX_FIELD = 4096;

    private final byte[] bytes;
    private final MultipartScan scan;
    private final RequestFacts facts;

    private MultipartBody(byte[] bytes, MultipartScan scan, RequestFacts facts) {
        this.bytes = bytes;
        this.scan = scan;
        this.facts = facts;
    }

    static boolean isMultipart(String contentType) {
        return contentType.regionMatches(true, 0, "multipart/", 0, 10);
    }

    static MultipartBody scan(Endpoint endpoint, String contentType, byte[] body) {
        MultipartScan scan = new MultipartScan(body, MultipartScan.boundary(contentType));
        scan.read();
        RequestFacts facts = facts(endpoint, scan);
        boolean needsModel =
                endpoint == Endpoint.TRANSCRIPTIONS || endpoint == Endpoint.TRANSLATIONS;
        if (facts.model().isEmpty() && (needsModel || scan.find("model").isPresent())) {
            throw RequestScan.invalid(
                    "'model' is missing (expected: a form field with the name of a model)",
                    "model");
        }
        return new MultipartBody(body, scan, facts);
    }

    private static RequestFacts facts(Endpoint endpoint, MultipartScan scan) {
        boolean audio = endpoint == Endpoint.TRANSCRIPTIONS || endpoint == Endpoint.TRANSLATIONS;
        return new RequestFacts(
                field(scan, "model").orElse(""),
                field(scan, "stream").filter("true"::equalsIgnoreCase).isPresent(),
                false,
                OptionalLong.empty(),
                field(scan, "user"),
                Map.of(),
                field(scan, "n").map(MultipartBody::count).orElse(1L),
                1,
                field(scan, "prompt").map(String::length).orElse(0),
                false,
                !audio,
                audio,
                field(scan, "response_format"));
    }

    private static Optional<String> field(MultipartScan scan, String name) {
        return scan.find(name)
                .filter(part -> part.to() - part.from() <= MAX_FIELD)
                .map(scan::text)
                .map(String::strip)
                .filter(text -> !text.isEmpty());
    }

    private static long count(String text) {
        boolean number = text.length() <= 3 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return number && !text.isEmpty() ? Math.max(1, Long.parseLong(text)) : 1;
    }

    /** Where the content of a part stands in the body. */
    public record Content(int from, int to) {}

    /** The last part of this name; empty: there is none. */
    public Optional<Content> content(String name) {
        return scan.find(name).map(part -> new Content(part.from(), part.to()));
    }

    /** The text of a short part; empty: there is none, or it is long. */
    public Optional<String> text(String name) {
        return field(scan, name);
    }

    @Override
    public RequestFacts facts() {
        return facts;
    }

    @Override
    public int length() {
        return bytes.length;
    }

    @Override
    public RewrittenBody rewrite(RequestEdit edit) {
        JsonEdit changes = new JsonEdit(bytes, 0, bytes.length);
        List<String> dropped = new ArrayList<>();
        boolean named = false;
        for (Part part : scan.parts()) {
            if (part.name().equals("model")) {
                named = true;
                if (!scan.text(part).equals(edit.model())) {
                    changes.replace(part.from(), part.to(), utf8(edit.model()));
                }
            } else if (edit.drop().contains(part.name())) {
                changes.delete(part.start(), part.end());
                dropped.add(part.name());
            }
        }
        if (!named && !edit.model().isEmpty()) {
            changes.insert(scan.firstDelimiter(), scan.newPart("model", edit.model()));
        }
        return new RewrittenBody(changes.apply(), dropped);
    }
}
