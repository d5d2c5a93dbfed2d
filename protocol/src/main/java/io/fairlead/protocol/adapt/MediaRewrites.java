package io.fairlead.protocol.adapt;

import io.fairlead.protocol.adapt.Treatment.Rewrite;
import io.fairlead.protocol.model.ChatRequest;
import io.fairlead.protocol.model.Identity;
import io.fairlead.protocol.model.Media;
import io.fairlead.protocol.model.Media.Source;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Text;
import io.fairlead.protocol.model.ToolResult;
import io.fairlead.protocol.model.Turn;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Brings images, documents, sound and films into a form that a protocol takes. Stateless. */
public final class MediaRewrites {
    private MediaRewrites() {}

    /**
     * For IMAGE_URL and its like, where bytes are wanted: the gateway has fetched them before
     * ({@link MediaNeeds}); what still is an address is refused.
     *
     * @param feature the one it stands for in the table
     * @param schemes of addresses that the provider takes: {@code gs}, {@code s3}
     */
    public static Rewrite fetched(Feature feature, String... schemes) {
        return new Fetched(feature, List.of(schemes));
    }

    /** See {@link #fetched}. */
    record Fetched(Feature feature, List<String> schemes) implements Rewrite {
        @Override
        public ChatRequest apply(ChatRequest request, ModelFacts model) {
            return PartRewrite.everywhere(request, this::bytes);
        }

        private Part bytes(Part part) {
            if (!(part instanceof Media media) || MediaFeatures.of(media) != feature) {
                return part;
            }
            Media inline = dataInline(media);
            if (needs(inline)) {
                throw new Unsupported(
                        feature, "this provider takes no address here, and it was not fetched");
            }
            return inline;
        }

        /** Whether this is an address that the provider does not take. */
        boolean needs(Media media) {
            return media.source() instanceof Source.Url(String url, Optional<String> ignored)
                    && MediaFeatures.of(media) == feature
                    && !schemes.contains(scheme(url));
        }
    }

    static String scheme(String url) {
        int colon = url.indexOf(':');
        return colon < 0 ? "" : url.substring(0, colon).toLowerCase(Locale.ROOT);
    }

    /** The medium with its bytes, if its address is a {@code data:} URL of base64; else itself. */
    public static Media dataInline(Media media) {
        if (!(media.source() instanceof Source.Url(String url, Optional<String> type))
                || !url.regionMatches(true, 0, "data:", 0, 5)) {
            return media;
        }
        int comma = url.indexOf(',');
        if (comma < 0 || !url.substring(5, comma).toLowerCase(Locale.ROOT).endsWith(";base64")) {
            return media;
        }
        String said = url.substring(5, comma - ";base64".length());
        int parameter = said.indexOf(';');
        String mediaType = parameter < 0 ? said : said.substring(0, parameter);
        return media.withSource(
                new Source.Inline(
                        mediaType.isEmpty() ? type.orElse("") : mediaType,
                        url.substring(comma + 1)));
    }

    /** The request with these media replaced by their bytes, wherever they stand. */
    public static ChatRequest replaced(ChatRequest request, Map<Media, Source.Inline> bytes) {
        return PartRewrite.everywhere(
                request,
                part ->
                        part instanceof Media media && bytes.containsKey(media)
                                ? media.withSource(bytes.get(media))
                                : part);
    }

    /** For DOCUMENT_TEXT: the text stands in the conversation, between marks with its name. */
    public static Rewrite documentsAsText() {
        return (request, model) ->
                PartRewrite.everywhere(
                        request,
                        part ->
                                part instanceof Media media
                                                && media.source()
                                                        instanceof Source.PlainText(String text)
                                        ? new Text(
                                                marked(text, media.name()),
                                                List.of(),
                                                media.marks())
                                        : part);
    }

    private static String marked(String text, Optional<String> name) {
        String head =
                name.map(title -> "<document name=\"" + title.replace('"', '\'') + "\">")
                        .orElse("<document>");
        return head + "\n" + text + "\n</document>";
    }

    /** For DOCUMENT_PARTS: the parts stand in its place, its name before them. */
    public static Rewrite documentsUnpacked() {
        return (request, model) -> {
            List<Turn> turns = new ArrayList<>(request.turns().size());
            boolean changed = false;
            for (Turn turn : request.turns()) {
                List<Part> parts = unpacked(turn.parts());
                changed |= !Identity.same(parts, turn.parts());
                turns.add(Identity.same(parts, turn.parts()) ? turn : turn.withParts(parts));
            }
            return changed ? request.withTurns(turns) : request;
        };
    }

    private static List<Part> unpacked(List<Part> parts) {
        List<Part> result = new ArrayList<>(parts.size());
        boolean changed = false;
        for (Part part : parts) {
            if (part instanceof Media media
                    && media.source() instanceof Source.Parts(List<Part> inside)) {
                media.name().ifPresent(name -> result.add(Text.of("Document " + name + ":")));
                result.addAll(unpacked(inside));
                changed = true;
            } else if (part instanceof ToolResult tool) {
                List<Part> content = unpacked(tool.content());
                changed |= !Identity.same(content, tool.content());
                result.add(
                        Identity.same(content, tool.content()) ? tool : tool.withContent(content));
            } else {
                result.add(part);
            }
        }
        return changed ? result : parts;
    }
}
