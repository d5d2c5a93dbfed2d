package io.fairlead.protocol.anthropic;

import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.codec.Unreadable;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonString;
import io.fairlead.protocol.model.CacheMark;
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

/** Reads content blocks, of requests and of answers. Stateless: any thread. */
final class PartReader {
    private PartReader() {}

    /** What a member holds that is a string or a list of blocks; a string leaves a form. */
    static List<Part> content(Fields holder, String name) {
        Optional<Json> value = holder.peek(name);
        if (value.isEmpty()) {
            return List.of();
        }
        if (value.get().isString()) {
            holder.form(Own.AS_TEXT);
            return List.of(Text.of(holder.needString(name)));
        }
        if (!value.get().isArray()) {
            throw holder.invalid(name, "a string or an array of content blocks");
        }
        return all(holder.objects(name));
    }

    /** The parts these blocks are; seals of other providers find their places again. */
    static List<Part> all(List<Fields> blocks) {
        List<Part> parts = new ArrayList<>(blocks.size());
        Optional<Seal> forNext = Optional.empty();
        for (Fields block : blocks) {
            Optional<PackedSeal> packed = packedAlone(block);
            if (packed.isPresent() && packed.get().place() == PackedSeal.Place.NEXT) {
                forNext = Optional.of(packed.get().seal());
                continue;
            }
            if (packed.isPresent() && packed.get().place() == PackedSeal.Place.BEFORE) {
                if (!parts.isEmpty()) {
                    parts.add(sealed(parts.removeLast(), packed.get().seal()));
                }
                continue;
            }
            Part part = packed.map(PartReader::own).orElseGet(() -> read(block));
            parts.add(forNext.isPresent() ? sealed(part, forNext.get()) : part);
            forNext = Optional.empty();
        }
        return parts;
    }

    private static Part sealed(Part part, Seal seal) {
        return part.withMarks(part.marks().withSeal(Optional.of(seal)));
    }

    /** A seal of another provider in the place of redacted thinking. */
    private static Optional<PackedSeal> packedAlone(Fields block) {
        return block.peek("type").filter(type -> type.is("redacted_thinking")).isEmpty()
                ? Optional.empty()
                : block.peek("data")
                        .filter(Json::isString)
                        .flatMap(data -> PackedSeal.unpack(data.text()));
    }

    private static Part own(PackedSeal packed) {
        Marks marks = Marks.NONE.withSeal(Optional.of(packed.seal()));
        return packed.place() == PackedSeal.Place.ALONE
                ? new Text("", List.of(), marks)
                : new Reasoning(List.of(), List.of(), marks);
    }

    /** One block. In an answer, what is not as it should be is kept as it is. */
    static Part read(Fields block) {
        if (block.strict()) {
            return typed(block, block.needText("type"));
        }
        String type = block.peek("type").filter(Json::isString).map(Json::text).orElse("");
        try {
            return typed(block, type);
        } catch (Unreadable imperfect) {
            return Foreign.of(Own.ORIGIN, type, block.whole());
        }
    }

    private static Part typed(Fields block, String type) {
        return switch (type) {
            case "text" -> text(block);
            case "image" -> MediaBlocks.image(block);
            case "document" -> MediaBlocks.document(block);
            case "search_result" -> MediaBlocks.searchResult(block);
            case "tool_use" -> call(block);
            case "tool_result" -> result(block);
            case "thinking" -> thinking(block);
            case "redacted_thinking" -> redacted(block);
            default -> Foreign.of(Own.ORIGIN, type, block.whole());
        };
    }

    static Marks marks(Fields block, Optional<Seal> seal) {
        block.take("type");
        Optional<CacheMark> cache = CacheControl.read(block);
        return new Marks(cache, seal, block.rest(Own.ORIGIN));
    }

    private static Text text(Fields block) {
        JsonString text = block.needString("text");
        return new Text(text, Citations.read(block), marks(block, Optional.empty()));
    }

    private static ToolCall call(Fields block) {
        String id = block.needText("id");
        String name = block.needText("name");
        Optional<Json> input = block.json("input");
        if (block.strict() && input.filter(Json::isObject).isEmpty()) {
            throw block.invalid("input", "an object");
        }
        String arguments = input.map(Json::toString).orElse("");
        return new ToolCall(id, name, arguments, false, marks(block, Optional.empty()));
    }

    private static ToolResult result(Fields block) {
        String callId = block.needText("tool_use_id");
        List<Part> content = content(block, "content");
        if (content.isEmpty() && block.has("content")) {
            block.take("content");
            block.form("content:empty");
        }
        boolean error = block.peek("is_error").filter(Json.TRUE::equals).isPresent();
        if (error || block.peek("is_error").filter(flag -> !Json.FALSE.equals(flag)).isPresent()) {
            block.flag("is_error");
        }
        Marks marks = marks(block, Optional.empty());
        return new ToolResult(callId, Optional.empty(), content, error, marks);
    }

    private static Reasoning thinking(Fields block) {
        String text = block.needText("thinking");
        List<String> sections = text.isEmpty() ? List.of() : List.of(text);
        Optional<Json> signature = block.peek("signature").filter(s -> !s.isString() || !s.is(""));
        if (signature.isEmpty()) {
            return new Reasoning(sections, List.of(), marks(block, Optional.empty()));
        }
        String data = block.needText("signature");
        if (!PackedSeal.looksLike(data)) {
            Seal seal = Seal.signature(Seal.ANTHROPIC, data);
            return new Reasoning(sections, List.of(), marks(block, Optional.of(seal)));
        }
        Optional<PackedSeal> packed = PackedSeal.unpack(data);
        Marks marks = marks(block, packed.map(PackedSeal::seal));
        return packed.isPresent() && packed.get().summary()
                ? new Reasoning(List.of(), sections, marks)
                : new Reasoning(sections, List.of(), marks);
    }

    private static Reasoning redacted(Fields block) {
        String data = block.needText("data");
        Optional<Seal> seal =
                PackedSeal.looksLike(data)
                        ? PackedSeal.unpack(data).map(PackedSeal::seal)
                        : Optional.of(
                                new Seal(
                                        Seal.Kind.REDACTED,
                                        Seal.ANTHROPIC,
                                        data,
                                        Optional.empty()));
        return new Reasoning(List.of(), List.of(), marks(block, seal));
    }
}
