package io.fairlead.protocol.service.files;

import static io.fairlead.protocol.json.JsonText.utf8;

import io.fairlead.protocol.codec.Unreadable;
import io.fairlead.protocol.json.JsonEdit;
import io.fairlead.protocol.json.JsonText;
import io.fairlead.protocol.json.MalformedJson;
import io.fairlead.protocol.json.TextMembers;
import io.fairlead.protocol.service.files.FileIds.Plain;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * The requests of a batch, one a line (OpenAI) or all in one document (Anthropic): models get the
 * names that the provider has for them, and ids of files lose their marks. Stateless: any thread.
 */
public final class BatchModels {
    private static final List<String> NAMES = names();
    private static final int MODEL = NAMES.indexOf("model");
    private static final byte[] BODY = utf8("body");
    private static final byte[] PARAMS = utf8("params");

    private BatchModels() {}

    private static List<String> names() {
        List<String> names = new ArrayList<>(FileIds.NAMES);
        names.add("model");
        return names;
    }

    /** What a provider is sent in place of a model's name; the name itself, if it is not known. */
    @FunctionalInterface
    public interface Renaming extends UnaryOperator<String> {}

    /** The first model that a document or a line names; empty: none, or it can't be read. */
    public static Optional<String> first(byte[] body, int from, int to) {
        String[] found = new String[1];
        TextMembers members =
                new TextMembers(
                        body,
                        NAMES,
                        (at, name, start, end) -> {
                            if (found[0] == null && isModel(at, name)) {
                                found[0] = JsonText.decode(body, start + 1, end - 1);
                            }
                        });
        try {
            members.read(from, to);
        } catch (MalformedJson malformed) {
            return Optional.empty();
        }
        return Optional.ofNullable(found[0]);
    }

    /** Where the line ends that begins at {@code from}: before its line feed, or at the end. */
    public static int endOfLine(byte[] body, int from, int to) {
        for (int i = from; i < to; i++) {
            if (body[i] == '\n') {
                return i;
            }
        }
        return to;
    }

    /**
     * Anthropic's document.
     *
     * @throws Unreadable if it is no JSON, or its files have two owners
     */
    public static Plain document(byte[] body, Renaming models, Predicate<String> isProvider) {
        JsonEdit edit = new JsonEdit(body, 0, body.length);
        FileIds ids = new FileIds(body, edit, isProvider);
        try {
            members(body, ids, edit, models).read(0, body.length);
        } catch (MalformedJson malformed) {
            throw new Unreadable("", "no JSON: " + malformed.getMessage());
        }
        return new Plain(edit.apply(), ids.owner());
    }

    /**
     * The lines of a file that is part of a body. A line that is no JSON passes: the provider says
     * what is wrong with it, and where.
     *
     * @throws Unreadable if the files named have two owners
     */
    public static Plain lines(
            byte[] body, int from, int to, Renaming models, Predicate<String> isProvider) {
        JsonEdit edit = new JsonEdit(body, 0, body.length);
        FileIds ids = new FileIds(body, edit, isProvider);
        TextMembers members = members(body, ids, edit, models);
        int line = 1;
        for (int at = from; at < to; line++) {
            int end = endOfLine(body, at, to);
            try {
                members.read(at, end);
            } catch (MalformedJson malformed) {
                // whatever was read of it so far is as it would be in a whole line
            } catch (Unreadable owners) {
                throw new Unreadable("file, line " + line, owners.problem());
            }
            at = end + 1;
        }
        return new Plain(edit.apply(), ids.owner());
    }

    private static TextMembers members(byte[] body, FileIds ids, JsonEdit edit, Renaming models) {
        return new TextMembers(
                body,
                NAMES,
                (at, name, from, to) -> {
                    if (name != MODEL) {
                        ids.take(at, from, to);
                    } else if (isModel(at, name)) {
                        String asked = JsonText.decode(body, from + 1, to - 1);
                        String sent = models.apply(asked);
                        if (!sent.equals(asked)) {
                            edit.replace(from, to, JsonText.quoted(sent));
                        }
                    }
                });
    }

    /** {@code body.model} of a line, {@code requests[0].params.model} of a document. */
    private static boolean isModel(TextMembers at, int name) {
        return name == MODEL
                && ((at.depth() == 2 && at.isUnder(1, BODY))
                        || (at.depth() == 4 && at.isUnder(3, PARAMS)));
    }
}
