package io.fairlead.protocol.bedrock;

import static io.fairlead.protocol.bedrock.BedrockConverseProtocol.ORIGIN;

import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.Foreign;
import io.fairlead.protocol.model.Marks;
import io.fairlead.protocol.model.Media;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Reasoning;
import io.fairlead.protocol.model.Seal;
import io.fairlead.protocol.model.StreamEvent;
import io.fairlead.protocol.model.StreamEvent.Growth;
import io.fairlead.protocol.model.Text;
import io.fairlead.protocol.model.ToolCall;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The content blocks of a stream. Only calls of tools and media are announced; all others begin
 * with their first delta. What does not fit the block it names adds no event. Confined to one
 * thread.
 */
final class BlockReader {
    private static final String INDEX = "contentBlockIndex";

    private enum Kind {
        TEXT,
        REASONING,
        CALL,
        MEDIA,
        FOREIGN
    }

    private record Block(int part, Kind kind) {}

    private final Map<Long, Block> open = new LinkedHashMap<>();
    private int parts;
    private boolean called;

    /** Whether a tool of the client's was called. */
    boolean called() {
        return called;
    }

    void start(Fields root, List<StreamEvent> events) {
        Optional<Fields> start = root.object("start");
        Optional<Part> head = start.flatMap(BlockReader::head);
        if (head.isEmpty()) {
            return;
        }
        if (head.get() instanceof Foreign) {
            root.take("start");
        }
        open(root, head.get(), events);
    }

    private static Optional<Part> head(Fields start) {
        Optional<Fields> use = start.object("toolUse");
        if (use.isPresent()) {
            Optional<String> type = use.get().peek("type").filter(Json::isString).map(Json::text);
            if (type.isPresent() && !type.get().equals("tool_use")) {
                return Optional.of(Foreign.of(ORIGIN, type.get(), start.whole()));
            }
            String id = use.get().text("toolUseId").orElse("");
            return Optional.of(ToolCall.of(id, use.get().text("name").orElse(""), ""));
        }
        Optional<String> format = start.object("image").flatMap(image -> image.text("format"));
        if (format.isPresent()) {
            String type = MediaFormats.type(Media.Kind.IMAGE, format.get());
            return Optional.of(Media.inline(Media.Kind.IMAGE, type, ""));
        }
        for (Json.Member member : start.whole().members()) {
            if (member.value().isObject()) {
                String type =
                        member.value()
                                .get("type")
                                .filter(Json::isString)
                                .map(Json::text)
                                .orElse(member.name());
                return Optional.of(Foreign.of(ORIGIN, type, start.whole()));
            }
        }
        return Optional.empty();
    }

    private Block open(Fields root, Part head, List<StreamEvent> events) {
        long index = index(root);
        Block before = open.remove(index);
        if (before != null) {
            events.add(new StreamEvent.PartEnded(0, before.part(), Beside.NONE));
        }
        Block block = new Block(parts++, kind(head));
        open.put(index, block);
        take(root, block);
        called |= block.kind() == Kind.CALL;
        events.add(new StreamEvent.PartStarted(0, block.part(), head, Beside.NONE));
        return block;
    }

    private static Kind kind(Part head) {
        return switch (head) {
            case Text ignored -> Kind.TEXT;
            case Reasoning ignored -> Kind.REASONING;
            case ToolCall ignored -> Kind.CALL;
            case Media ignored -> Kind.MEDIA;
            default -> Kind.FOREIGN;
        };
    }

    private static long index(Fields root) {
        return root.peek(INDEX)
                .filter(index -> index.kind() == Json.Kind.NUMBER)
                .map(Json::whole)
                .orElse(0L);
    }

    /** An index that is not the part's number stays beside. */
    private static void take(Fields root, Block block) {
        if (root.has(INDEX) && index(root) == block.part()) {
            root.take(INDEX);
        }
    }

    void delta(Fields root, List<StreamEvent> events) {
        Optional<Fields> delta = root.object("delta");
        if (delta.isEmpty()) {
            return;
        }
        Block block = open.get(index(root));
        if (block == null) {
            Part head = implied(delta.get());
            if (head == null) {
                return;
            }
            block = open(root, head, events);
        }
        int before = events.size();
        grow(block, delta.get(), root, events);
        if (events.size() > before) {
            take(root, block);
        }
    }

    /** What a block is that was not announced. */
    private static @Nullable Part implied(Fields delta) {
        if (delta.has("text") || delta.has("citation")) {
            return Text.of("");
        }
        if (delta.has("reasoningContent")) {
            return new Reasoning(List.of(), List.of(), Marks.NONE);
        }
        List<Json.Member> members = delta.whole().members();
        return members.isEmpty() || delta.has("toolUse")
                ? null
                : Foreign.of(ORIGIN, members.getFirst().name(), Json.EMPTY_OBJECT);
    }

    private static void grow(Block block, Fields delta, Fields root, List<StreamEvent> events) {
        int part = block.part();
        switch (block.kind()) {
            case TEXT -> {
                delta.text("text").ifPresent(t -> add(part, new Growth.MoreText(t), events));
                delta.object("citation")
                        .ifPresent(c -> add(part, new Growth.Cited(Citations.read(c)), events));
                if (delta.has("citation")) {
                    delta.take("citation");
                }
            }
            case REASONING ->
                    delta.object("reasoningContent").ifPresent(r -> reasoning(part, r, events));
            case CALL ->
                    delta.object("toolUse")
                            .flatMap(use -> use.text("input"))
                            .ifPresent(t -> add(part, new Growth.MoreArguments(t), events));
            case MEDIA ->
                    delta.object("image")
                            .flatMap(image -> image.object("source"))
                            .flatMap(source -> source.text("bytes"))
                            .ifPresent(b -> add(part, new Growth.MoreMedia(b), events));
            case FOREIGN -> {
                root.take("delta");
                add(part, new Growth.MoreForeign(delta.whole()), events);
            }
        }
    }

    private static void reasoning(int part, Fields content, List<StreamEvent> events) {
        content.text("text")
                .ifPresent(text -> add(part, new Growth.MoreReasoning(text, false, 0), events));
        content.text("signature")
                .ifPresent(data ->
                        add(part, new Growth.Sealed(Seal.signature(Seal.ANTHROPIC, data)), events));
        content.text("redactedContent")
                .ifPresent(data -> add(part, new Growth.Sealed(redacted(data)), events));
    }

    static Seal redacted(String data) {
        return new Seal(Seal.Kind.REDACTED, Seal.ANTHROPIC, data, Optional.empty());
    }

    private static void add(int part, Growth growth, List<StreamEvent> events) {
        events.add(new StreamEvent.PartGrew(0, part, growth, Beside.NONE));
    }

    void stop(Fields root, List<StreamEvent> events) {
        long index = index(root);
        Block block = open.get(index);
        if (block == null) {
            // A block of which nothing came is an empty text.
            block = open(root, Text.of(""), events);
        }
        open.remove(index);
        take(root, block);
        events.add(new StreamEvent.PartEnded(0, block.part(), Beside.NONE));
    }

    void endAll(List<StreamEvent> events) {
        for (Block block : open.values()) {
            events.add(new StreamEvent.PartEnded(0, block.part(), Beside.NONE));
        }
        open.clear();
    }
}
