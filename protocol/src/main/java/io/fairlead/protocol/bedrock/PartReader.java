package io.fairlead.protocol.bedrock;

import static io.fairlead.protocol.bedrock.BedrockConverseProtocol.ORIGIN;

import io.fairlead.protocol.codec.Arguments;
import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonString;
import io.fairlead.protocol.model.CacheMark;
import io.fairlead.protocol.model.Citation;
import io.fairlead.protocol.model.Foreign;
import io.fairlead.protocol.model.Marks;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Reasoning;
import io.fairlead.protocol.model.Seal;
import io.fairlead.protocol.model.Text;
import io.fairlead.protocol.model.ToolCall;
import io.fairlead.protocol.model.ToolResult;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads content blocks, of messages, instructions and answers. Stateless: any thread. */
final class PartReader {
    static final String GUARD = "guardContent";
    static final String CITATIONS = "citationsContent";
    static final String SEARCH_RESULT = "searchResult";
    static final String JSON_RESULT = "json";
    static final String CACHE_POINT = "cachePoint";

    private PartReader() {}

    /** All blocks; a cache point hangs on the part before it. */
    static List<Part> parts(List<Fields> blocks) {
        List<Part> parts = new ArrayList<>(blocks.size());
        for (Fields block : blocks) {
            Optional<CacheMark> mark = cachePoint(block);
            if (mark.isPresent() && !parts.isEmpty() && parts.getLast().marks().cache().isEmpty()) {
                Part before = parts.removeLast();
                parts.add(before.withMarks(before.marks().withCache(mark)));
            } else {
                parts.add(part(block));
            }
        }
        return parts;
    }

    /** What a block that is a cache point says. */
    static Optional<CacheMark> cachePoint(Fields block) {
        if (!block.peek(CACHE_POINT).filter(Json::isObject).isPresent()) {
            return Optional.empty();
        }
        Fields point = block.needObject(CACHE_POINT);
        if (point.peek("type").filter(type -> type.is("default")).isPresent()) {
            point.take("type");
        }
        Optional<String> lifetime = point.text("ttl");
        return Optional.of(new CacheMark(lifetime, block.rest(ORIGIN)));
    }

    static Part part(Fields block) {
        for (Json.Member member : block.whole().members()) {
            if (member.value().isNull()) {
                continue;
            }
            Optional<? extends Part> part =
                    switch (member.name()) {
                        case "text" -> block.string("text").map(text -> text(text, block));
                        case "image", "document", "video", "audio", SEARCH_RESULT ->
                                MediaReader.media(member.name(), block);
                        case "toolUse" -> block.object("toolUse").map(use -> toolUse(use, block));
                        case "toolResult" ->
                                block.object("toolResult").map(result -> toolResult(result, block));
                        case "reasoningContent" ->
                                block.object("reasoningContent").flatMap(r -> reasoning(r, block));
                        case CITATIONS -> block.object(CITATIONS).map(c -> cited(c, block));
                        case GUARD -> block.object(GUARD).flatMap(guard -> guarded(guard, block));
                        default -> Optional.empty();
                    };
            if (part.isPresent()) {
                return part.get();
            }
        }
        return foreign(block);
    }

    private static Part foreign(Fields block) {
        List<Json.Member> members = block.whole().members();
        String type = members.isEmpty() ? "" : members.getFirst().name();
        return Foreign.of(ORIGIN, type, block.whole());
    }

    private static Text text(JsonString text, Fields block) {
        return new Text(text, List.of(), Marks.of(block.rest(ORIGIN)));
    }

    /** A call that the provider itself answers is no call of the client's. */
    private static Part toolUse(Fields use, Fields block) {
        Optional<String> type = use.peek("type").filter(Json::isString).map(Json::text);
        if (type.isPresent() && !type.get().equals("tool_use")) {
            return Foreign.of(ORIGIN, type.get(), block.whole());
        }
        String id = named(use, "toolUseId");
        String name = named(use, "name");
        String arguments = use.json("input").map(Arguments::text).orElse("");
        return new ToolCall(id, name, arguments, false, Marks.of(block.rest(ORIGIN)));
    }

    /** Must be there where a client says it; what a provider leaves out is empty. */
    private static String named(Fields fields, String name) {
        return fields.strict() ? fields.needText(name) : fields.text(name).orElse("");
    }

    private static Part toolResult(Fields result, Fields block) {
        Optional<String> type = result.peek("type").filter(Json::isString).map(Json::text);
        if (type.isPresent() && !type.get().equals("tool_result")) {
            return Foreign.of(ORIGIN, type.get(), block.whole());
        }
        String id = named(result, "toolUseId");
        List<Part> content = new ArrayList<>();
        for (Fields inner : result.objects("content")) {
            content.add(inner.has(JSON_RESULT) ? jsonResult(inner) : part(inner));
        }
        boolean error = result.peek("status").filter(status -> status.is("error")).isPresent();
        if (error) {
            result.take("status");
        }
        return new ToolResult(id, Optional.empty(), content, error, Marks.of(block.rest(ORIGIN)));
    }

    private static Part jsonResult(Fields block) {
        String text = block.needJson(JSON_RESULT).toString();
        block.form(JSON_RESULT);
        return text(JsonString.of(text), block);
    }

    private static Optional<Part> reasoning(Fields reasoning, Fields block) {
        Optional<Fields> open = reasoning.object("reasoningText");
        if (open.isPresent()) {
            Optional<String> text = open.get().text("text");
            Optional<Seal> seal =
                    open.get()
                            .peek("signature")
                            .filter(signature -> signature.isString() && !signature.is(""))
                            .map(signature -> Seal.signature(Seal.ANTHROPIC, signature.text()));
            if (seal.isPresent()) {
                open.get().take("signature");
            }
            List<String> content = text.map(List::of).orElse(List.of());
            return Optional.of(
                    new Reasoning(content, List.of(), Marks.of(seal, block.rest(ORIGIN))));
        }
        return reasoning
                .text("redactedContent")
                .map(data -> redacted(data, Marks.of(block.rest(ORIGIN))));
    }

    private static Part redacted(String data, Marks marks) {
        Seal seal = new Seal(Seal.Kind.REDACTED, Seal.ANTHROPIC, data, Optional.empty());
        return new Reasoning(List.of(), List.of(), marks.withSeal(Optional.of(seal)));
    }

    /** Text with its sources. Text in several pieces stays beside, to be put back in pieces. */
    private static Text cited(Fields cited, Fields block) {
        String text = Citations.joined(cited, "content");
        List<Citation> citations = new ArrayList<>();
        for (Fields citation : cited.objects("citations")) {
            citations.add(Citations.read(citation));
        }
        block.form(CITATIONS);
        return new Text(text, citations, Marks.of(block.rest(ORIGIN)));
    }

    /** What a guardrail is to look at says the same as any other text or image. */
    private static Optional<Part> guarded(Fields guard, Fields block) {
        Optional<Fields> text = guard.object("text");
        if (text.isPresent()) {
            return text.get()
                    .text("text")
                    .map(words -> {
                        block.form(GUARD);
                        return text(JsonString.of(words), block);
                    });
        }
        if (guard.has("image")) {
            block.form(GUARD);
            return MediaReader.media("image", guard, block);
        }
        return Optional.empty();
    }
}
