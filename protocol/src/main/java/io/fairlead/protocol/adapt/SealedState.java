package io.fairlead.protocol.adapt;

import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonArray;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.json.MalformedJson;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.Marks;
import io.fairlead.protocol.model.Reasoning;
import io.fairlead.protocol.model.Seal;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Opaque state that one call of a tool takes along: its own seal, and the sealed reasoning that
 * came before it. As text it is letters, digits, {@code _} and {@code -} only, and says all by
 * itself, so that any node can read it. Immutable.
 */
record SealedState(Optional<Seal> call, List<Thought> thoughts) {
    static final SealedState NONE = new SealedState(Optional.empty(), List.of());

    /** A longer text is not written, and not read. */
    static final int LONGEST = 24 * 1024;

    private static final int LARGEST_INSIDE = 160 * 1024;

    SealedState {
        thoughts = List.copyOf(thoughts);
    }

    /**
     * Reasoning that goes along.
     *
     * @param after so many other parts of the turn since the call before
     */
    record Thought(int after, Reasoning reasoning) {}

    boolean isEmpty() {
        return call.isEmpty() && thoughts.isEmpty();
    }

    /** As text; what would make it too long is left out: summaries first, then whole thoughts. */
    String write() {
        List<Thought> kept = new ArrayList<>();
        String text = call.isEmpty() ? "" : pack(json(call, List.of()));
        if (text.length() > LONGEST) {
            return "";
        }
        for (Thought thought : thoughts) {
            Reasoning whole = thought.reasoning();
            Reasoning bare = new Reasoning(whole.content(), List.of(), whole.marks());
            for (Reasoning reasoning : List.of(whole, bare)) {
                List<Thought> more = new ArrayList<>(kept);
                more.add(new Thought(thought.after(), reasoning));
                String longer = pack(json(call, more));
                if (longer.length() <= LONGEST) {
                    text = longer;
                    kept = more;
                    break;
                }
            }
        }
        return text;
    }

    private static JsonObject json(Optional<Seal> call, List<Thought> thoughts) {
        JsonObject state = new JsonObject();
        call.ifPresent(seal -> state.put("c", seal(seal)));
        if (!thoughts.isEmpty()) {
            JsonArray array = state.array("r");
            for (Thought thought : thoughts) {
                Reasoning reasoning = thought.reasoning();
                JsonObject one = new JsonObject().put("a", thought.after());
                reasoning.marks().seal().ifPresent(seal -> one.put("s", seal(seal)));
                if (!reasoning.content().isEmpty()) {
                    one.put("t", JsonArray.ofTexts(reasoning.content()));
                }
                if (!reasoning.summary().isEmpty()) {
                    one.put("u", JsonArray.ofTexts(reasoning.summary()));
                }
                array.add(one);
            }
        }
        return state;
    }

    private static JsonObject seal(Seal seal) {
        return new JsonObject()
                .put("k", seal.kind().ordinal())
                .put("o", seal.owner())
                .put("d", seal.data())
                .put("i", seal.id());
    }

    private static String pack(JsonObject state) {
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        try {
            deflater.setInput(state.toBytes());
            deflater.finish();
            ByteArrayOutputStream packed = new ByteArrayOutputStream(1024);
            byte[] chunk = new byte[4096];
            while (!deflater.finished()) {
                packed.write(chunk, 0, deflater.deflate(chunk));
            }
            return Base64.getUrlEncoder().withoutPadding().encodeToString(packed.toByteArray());
        } finally {
            deflater.end();
        }
    }

    /** What a text says; nothing if it is none of ours, or damaged, or larger than ever written. */
    static SealedState read(String text) {
        if (text.isEmpty() || text.length() > LONGEST) {
            return NONE;
        }
        try {
            Json state = Json.parse(unpack(Base64.getUrlDecoder().decode(text)));
            List<Thought> thoughts = new ArrayList<>();
            for (Json one : state.get("r").orElse(Json.EMPTY_ARRAY).elements()) {
                thought(one).ifPresent(thoughts::add);
            }
            return new SealedState(state.get("c").flatMap(SealedState::seal), thoughts);
        } catch (IllegalArgumentException | MalformedJson | DataFormatException damaged) {
            return NONE;
        }
    }

    private static byte[] unpack(byte[] packed) throws DataFormatException {
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(packed);
            byte[] bytes = new byte[Math.min(packed.length * 4 + 64, LARGEST_INSIDE)];
            int size = 0;
            while (!inflater.finished()) {
                if (size == bytes.length) {
                    if (size == LARGEST_INSIDE) {
                        throw new DataFormatException("too large");
                    }
                    bytes = Arrays.copyOf(bytes, Math.min(size * 2, LARGEST_INSIDE));
                }
                int more = inflater.inflate(bytes, size, bytes.length - size);
                if (more == 0 && !inflater.finished()) {
                    throw new DataFormatException("cut");
                }
                size += more;
            }
            return Arrays.copyOf(bytes, size);
        } finally {
            inflater.end();
        }
    }

    private static Optional<Thought> thought(Json one) {
        Optional<Seal> seal = one.get("s").flatMap(SealedState::seal);
        if (seal.isEmpty()) {
            return Optional.empty();
        }
        long after =
                one.get("a").filter(a -> a.kind() == Json.Kind.NUMBER).map(Json::whole).orElse(0L);
        Marks marks = Marks.of(seal, Beside.NONE);
        Reasoning reasoning = new Reasoning(texts(one, "t"), texts(one, "u"), marks);
        return Optional.of(new Thought(Math.clamp(after, 0, 10_000), reasoning));
    }

    private static List<String> texts(Json object, String name) {
        List<String> texts = new ArrayList<>();
        for (Json text : object.get(name).orElse(Json.EMPTY_ARRAY).elements()) {
            if (text.isString()) {
                texts.add(text.text());
            }
        }
        return texts;
    }

    private static Optional<Seal> seal(Json json) {
        Seal.Kind[] kinds = Seal.Kind.values();
        long kind =
                json.get("k")
                        .filter(k -> k.kind() == Json.Kind.NUMBER)
                        .map(Json::whole)
                        .orElse(-1L);
        Optional<String> owner = text(json, "o").filter(SealedState::isOwner);
        Optional<String> data = text(json, "d");
        if (kind < 0 || kind >= kinds.length || owner.isEmpty() || data.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Seal(kinds[(int) kind], owner.get(), data.get(), text(json, "i")));
    }

    private static Optional<String> text(Json object, String name) {
        return object.get(name).filter(Json::isString).map(Json::text);
    }

    private static boolean isOwner(String text) {
        return text.length() <= 40
                && !text.isEmpty()
                && text.chars()
                        .allMatch(c -> c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-');
    }
}
