package io.fairlead.protocol.anthropic;

import io.fairlead.protocol.adapt.ForeignRewrites;
import io.fairlead.protocol.adapt.PartRewrite;
import io.fairlead.protocol.adapt.Treatment.Rewrite;
import io.fairlead.protocol.model.CacheMark;
import io.fairlead.protocol.model.ChatRequest;
import io.fairlead.protocol.model.Citation;
import io.fairlead.protocol.model.Identity;
import io.fairlead.protocol.model.Media;
import io.fairlead.protocol.model.Media.Source;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Text;
import io.fairlead.protocol.model.Tool;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Rewritings to what only this protocol says, or says in its own words. Stateless: any thread. */
final class OwnWords {
    private OwnWords() {}

    /** Tools that run at Anthropic stay. */
    static Rewrite hosted() {
        return ForeignRewrites.hostedBy(Own.ORIGIN);
    }

    /** Steps of tools that ran at Anthropic stay. */
    static Rewrite foreign() {
        return ForeignRewrites.partsOf(Own.ORIGIN);
    }

    /** Citations that Anthropic made stay: it knows what in them can be checked. */
    static Rewrite citations() {
        return (request, model) -> PartRewrite.everywhere(request, OwnWords::cited);
    }

    private static Part cited(Part part) {
        if (!(part instanceof Text text) || text.citations().isEmpty()) {
            return part;
        }
        List<Citation> own = new ArrayList<>();
        for (Citation citation : text.citations()) {
            if (Own.isWhole(citation.beside())) {
                own.add(citation);
            }
        }
        return own.size() == text.citations().size()
                ? part
                : new Text(text.words(), own, text.marks());
    }

    static Rewrite serviceTier() {
        return (request, model) -> {
            Optional<String> tier =
                    switch (request.delivery().serviceTier().orElse("")) {
                        case "auto", "priority" -> Optional.of("auto");
                        case "standard_only", "default", "standard" -> Optional.of("standard_only");
                        default -> Optional.empty();
                    };
            return tier.equals(request.delivery().serviceTier())
                    ? request
                    : request.withDelivery(request.delivery().withServiceTier(tier));
        };
    }

    /** Lifetimes of other providers become the default one. */
    static Rewrite cacheLifetimes() {
        return (request, model) -> {
            ChatRequest now = PartRewrite.everywhere(request, OwnWords::marked);
            List<Tool> tools = new ArrayList<>();
            boolean changed = false;
            for (Tool tool : now.tools().tools()) {
                Tool kept = tool instanceof Tool.Function function ? marked(function) : tool;
                changed |= !Identity.same(kept, tool);
                tools.add(kept);
            }
            return changed ? now.withTools(now.tools().withTools(tools)) : now;
        };
    }

    private static Part marked(Part part) {
        return isKnown(part.marks().cache())
                ? part
                : part.withMarks(part.marks().withCache(Optional.of(CacheMark.DEFAULT)));
    }

    private static Tool marked(Tool.Function function) {
        return isKnown(function.cache())
                ? function
                : function.withCache(Optional.of(CacheMark.DEFAULT));
    }

    private static boolean isKnown(Optional<CacheMark> mark) {
        return mark.flatMap(CacheMark::lifetime)
                .filter(lifetime -> !lifetime.equals("5m") && !lifetime.equals("1h"))
                .isEmpty();
    }

    /** Bytes of a document that is plain text become that text: as bytes only PDF is taken. */
    static Rewrite plainDocuments() {
        return (request, model) -> PartRewrite.everywhere(request, OwnWords::plain);
    }

    private static Part plain(Part part) {
        if (!(part instanceof Media media)
                || media.kind() != Media.Kind.DOCUMENT
                || !(media.source() instanceof Source.Inline inline)
                || !isText(inline.mediaType())) {
            return part;
        }
        try {
            byte[] bytes = Base64.getDecoder().decode(inline.base64());
            String text = new String(bytes, StandardCharsets.UTF_8);
            return media.withSource(new Source.PlainText(text));
        } catch (IllegalArgumentException noBase64) {
            return part;
        }
    }

    private static boolean isText(String mediaType) {
        return mediaType.startsWith("text/") || mediaType.startsWith("application/json");
    }
}
