package io.fairlead.protocol.service.files;

import io.fairlead.protocol.codec.Unreadable;
import io.fairlead.protocol.json.ByteMark;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonEdit;
import io.fairlead.protocol.json.JsonText;
import io.fairlead.protocol.json.MalformedJson;
import io.fairlead.protocol.json.TextMembers;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The ids of files in a client's JSON: marks are taken off, because the owner does not know them,
 * and what they say is remembered. Confined to one thread.
 */
public final class FileIds {
    /** The members in which requests of OpenAI's and Anthropic's clients name files. */
    static final List<String> NAMES = List.of("file_id", "file_ids", "input_file_id", "part_ids");

    /** What all of them but the last have, which no conversation has. */
    private static final ByteMark IN_BYTES = new ByteMark("file_id");

    private final byte[] body;
    private final Predicate<String> isProvider;
    private final JsonEdit edit;
    private @Nullable Owner owner;

    /**
     * Who keeps the files that a request names.
     *
     * @param provider the provider
     * @param member the first member that names such a file
     */
    public record Owner(String provider, String member) {}

    /**
     * A request as its provider may see it.
     *
     * @param owner who keeps the files; empty: no id says it
     */
    @SuppressWarnings("ArrayRecordComponent") // bytes on their way out: never compared
    public record Plain(byte[] body, Optional<Owner> owner) {}

    FileIds(byte[] body, JsonEdit edit, Predicate<String> isProvider) {
        this.body = body;
        this.edit = edit;
        this.isProvider = isProvider;
    }

    /** Whether a request can name files, as its bytes say. */
    public static boolean maybeIn(byte[] body) {
        return IN_BYTES.isIn(body);
    }

    /** As {@link #maybeIn(byte[])}, of what was read: cheaper. */
    public static boolean maybeIn(Json body) {
        return body.hasName(IN_BYTES);
    }

    /**
     * Takes the marks off a request.
     *
     * @param isProvider whether a provider of this id is configured
     * @throws Unreadable if the files have two owners, naming the member; or if it is no JSON
     */
    public static Plain plain(byte[] body, Predicate<String> isProvider) {
        JsonEdit edit = new JsonEdit(body, 0, body.length);
        FileIds ids = new FileIds(body, edit, isProvider);
        try {
            new TextMembers(body, NAMES, (at, _, from, to) -> ids.take(at, from, to))
                    .read(0, body.length);
        } catch (MalformedJson malformed) {
            throw new Unreadable("", "no JSON: " + malformed.getMessage());
        }
        return new Plain(edit.apply(), ids.owner());
    }

    /** Takes the mark off the id in these quotes. */
    void take(TextMembers at, int from, int to) {
        OwnedId id = OwnedId.of(JsonText.decode(body, from + 1, to - 1), isProvider);
        if (id.owner().isEmpty()) {
            return;
        }
        String provider = id.owner().get();
        if (owner == null) {
            owner = new Owner(provider, at.path());
        } else if (!owner.provider().equals(provider)) {
            throw new Unreadable(
                    at.path(),
                    "is a file that "
                            + provider
                            + " keeps, and "
                            + owner.member()
                            + " is one of "
                            + owner.provider()
                            + " (expected: files of one provider)");
        }
        edit.replace(from, to, JsonText.quoted(id.id()));
    }

    Optional<Owner> owner() {
        return Optional.ofNullable(owner);
    }
}
