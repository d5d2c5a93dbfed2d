package io.fairlead.protocol.bedrock;

import static io.fairlead.protocol.bedrock.BedrockConverseProtocol.ORIGIN;

import io.fairlead.protocol.adapt.Feature;
import io.fairlead.protocol.adapt.MediaRewrites;
import io.fairlead.protocol.adapt.PartRewrite;
import io.fairlead.protocol.adapt.Removals;
import io.fairlead.protocol.adapt.ToolRewrites;
import io.fairlead.protocol.adapt.Treatment.Rewrite;
import io.fairlead.protocol.adapt.TurnRewrites;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.model.Caller;
import io.fairlead.protocol.model.Citation;
import io.fairlead.protocol.model.Foreign;
import io.fairlead.protocol.model.Media;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Text;
import io.fairlead.protocol.model.Tool;
import io.fairlead.protocol.model.ToolResult;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Rewritings that depend on whose model it is, or on what is Converse's own already. Stateless: any
 * thread.
 */
final class ConverseRewrites {
    private static final Set<String> TIERS = Set.of("default", "flex", "priority", "reserved");
    private static final int MOST_METADATA = 16;
    private static final int LONGEST_METADATA = 256;
    private static final String METADATA_MARKS = " _:@$#=/+,.-";

    private ConverseRewrites() {}

    /** One of these by the family of the model. */
    static Rewrite byFamily(Rewrite claude, Rewrite nova, Rewrite gptOss, Rewrite other) {
        return (request, model) -> {
            Rewrite rewrite =
                    switch (ModelFamily.of(request.model())) {
                        case CLAUDE, UNKNOWN -> claude;
                        case NOVA -> nova;
                        case GPT_OSS -> gptOss;
                        case OTHER -> other;
                    };
            return rewrite.apply(request, model);
        };
    }

    /** One of these by whether the model is, or may be, Claude. */
    static Rewrite ofClaude(Rewrite claude, Rewrite others) {
        return byFamily(claude, others, others, others);
    }

    static Rewrite same() {
        return (request, model) -> request;
    }

    /** Claude goes on from the beginning of its answer; where it no longer does it says so. */
    static Rewrite assistantLast() {
        Rewrite userLast = TurnRewrites.userLast();
        return byFamily(same(), userLast, userLast, userLast);
    }

    static Rewrite strict() {
        Rewrite dropped = Removals.of(Feature.TOOL_STRICT);
        Rewrite claude =
                (request, model) ->
                        model.structured().orElse(true) ? request : dropped.apply(request, model);
        return byFamily(claude, dropped, dropped, dropped);
    }

    /** Within results there are no cache points: the first one stands behind the result. */
    static Rewrite cacheMarks() {
        Rewrite dropped = Removals.of(Feature.CACHE_MARK);
        Rewrite kept =
                (request, model) ->
                        PartRewrite.everywhere(
                                request,
                                part -> part instanceof ToolResult result ? hoisted(result) : part);
        return byFamily(kept, kept, dropped, dropped);
    }

    private static Part hoisted(ToolResult result) {
        for (Part inner : result.content()) {
            if (inner.marks().cache().isPresent()) {
                List<Part> bare =
                        PartRewrite.all(
                                result.content(),
                                part -> part.withMarks(part.marks().withCache(Optional.empty())));
                ToolResult plain = result.withContent(bare);
                return result.marks().cache().isPresent()
                        ? plain
                        : plain.withMarks(plain.marks().withCache(inner.marks().cache()));
            }
        }
        return result;
    }

    /** Claude reads images and documents in results, Nova images, others neither. */
    static Rewrite resultMedia() {
        Rewrite behind = ToolRewrites.mediaBehindResults();
        Rewrite claude = unlessAll(Set.of(Media.Kind.IMAGE, Media.Kind.DOCUMENT), behind);
        Rewrite nova = unlessAll(Set.of(Media.Kind.IMAGE), behind);
        return byFamily(claude, nova, behind, behind);
    }

    private static Rewrite unlessAll(Set<Media.Kind> kinds, Rewrite otherwise) {
        return (request, model) ->
                request.turns().stream()
                                .flatMap(turn -> turn.parts().stream())
                                .filter(ToolResult.class::isInstance)
                                .flatMap(part -> ((ToolResult) part).content().stream())
                                .filter(Media.class::isInstance)
                                .allMatch(part -> kinds.contains(((Media) part).kind()))
                        ? request
                        : otherwise.apply(request, model);
    }

    /** Documents in pieces are so many texts. */
    static Rewrite documentParts() {
        Rewrite unpacked = MediaRewrites.documentsUnpacked();
        return (request, model) ->
                request.turns().stream()
                                .flatMap(turn -> turn.parts().stream())
                                .filter(Media.class::isInstance)
                                .map(part -> ((Media) part).source())
                                .filter(Media.Source.Parts.class::isInstance)
                                .flatMap(source -> ((Media.Source.Parts) source).parts().stream())
                                .allMatch(Text.class::isInstance)
                        ? request
                        : unpacked.apply(request, model);
    }

    static Rewrite citations() {
        return (request, model) ->
                PartRewrite.everywhere(
                        request,
                        part ->
                                part instanceof Text text && !isOwn(text)
                                        ? new Text(text.words(), List.of(), text.marks())
                                        : part);
    }

    private static boolean isOwn(Text text) {
        for (Citation citation : text.citations()) {
            if (citation.beside().origin().filter(ORIGIN::equals).isEmpty()) {
                return false;
            }
        }
        return true;
    }

    static Rewrite foreign() {
        return (request, model) ->
                PartRewrite.everywhere(
                        request,
                        part ->
                                part instanceof Foreign step && step.origin() != ORIGIN
                                        ? null
                                        : part);
    }

    static Rewrite hosted() {
        Rewrite leftOut = ToolRewrites.hostedLeftOut();
        return (request, model) -> {
            boolean own =
                    request.tools().tools().stream()
                            .allMatch(tool ->
                                    !(tool instanceof Tool.Hosted hosted)
                                            || hosted.origin() == ORIGIN);
            return own ? request : leftOut.apply(request, model);
        };
    }

    static Rewrite tier() {
        return (request, model) ->
                request.delivery().serviceTier().filter(TIERS::contains).isPresent()
                        ? request
                        : request.withDelivery(
                                request.delivery().withServiceTier(Optional.empty()));
    }

    /** What the log of AWS takes: a few short texts of plain characters. */
    static Rewrite metadata() {
        return (request, model) -> {
            JsonObject kept = new JsonObject();
            int count = 0;
            List<Json.Member> members =
                    request.caller().metadata().map(Json::members).orElse(List.of());
            for (Json.Member member : members) {
                if (count < MOST_METADATA
                        && !member.name().isEmpty()
                        && member.value().isString()
                        && fits(member.name())
                        && fits(member.value().text())) {
                    kept.put(member.name(), member.value());
                    count++;
                }
            }
            if (count == members.size() && count > 0) {
                return request;
            }
            Caller caller = request.caller();
            return request.withCaller(
                    new Caller(
                            caller.user(),
                            count == 0 ? Optional.empty() : Optional.of(kept.toJson()),
                            caller.cacheKey()));
        };
    }

    private static boolean fits(String text) {
        if (text.length() > LONGEST_METADATA) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean plain =
                    (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!plain && METADATA_MARKS.indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }
}
