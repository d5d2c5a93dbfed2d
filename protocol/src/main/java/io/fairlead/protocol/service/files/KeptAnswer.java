package io.fairlead.protocol.service.files;

import static io.fairlead.protocol.json.JsonText.utf8;

import io.fairlead.kernel.ProviderFault;
import io.fairlead.protocol.codec.Paths;
import io.fairlead.protocol.json.JsonEdit;
import io.fairlead.protocol.json.JsonText;
import io.fairlead.protocol.json.MalformedJson;
import io.fairlead.protocol.json.TextMembers;
import io.fairlead.protocol.translate.Translation.Unary;

import java.util.List;
import java.util.Optional;

/** A provider's answer about files or batches, with its ids marked. Stateless: any thread. */
public final class KeptAnswer {
    private static final String RESULTS = "results_url";

    private static final List<String> NAMES =
            List.of(
                    "id",
                    "input_file_id",
                    "output_file_id",
                    "error_file_id",
                    "upload_id",
                    "first_id",
                    "last_id",
                    RESULTS);

    private static final String BATCHES = "/messages/batches/";

    private KeptAnswer() {}

    /** The answer of the provider {@code owner}, for the client. */
    public static Unary marked(byte[] body, String owner) {
        JsonEdit edit = new JsonEdit(body, 0, body.length);
        byte[] mark = utf8(OwnedId.mark(owner));
        try {
            new TextMembers(
                            body,
                            NAMES,
                            (_, name, from, to) -> {
                                if (NAMES.get(name).equals(RESULTS)) {
                                    results(body, from, to, owner, edit);
                                } else if (to - from > 2) {
                                    edit.insert(to - 1, mark);
                                }
                            })
                    .read(0, body.length);
        } catch (MalformedJson malformed) {
            return Unary.broken(new ProviderFault.Malformed("the answer is no JSON"));
        }
        return Unary.json(edit.apply(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /**
     * Anthropic's clients send their key to where the results are said to be: it must be this
     * gateway. A path alone is resolved by them against the address they call.
     */
    private static void results(byte[] body, int from, int to, String owner, JsonEdit edit) {
        String url = JsonText.decode(body, from + 1, to - 1);
        int at = url.lastIndexOf(BATCHES);
        int end = at < 0 ? -1 : url.indexOf('/', at + BATCHES.length());
        if (end > 0) {
            String id = url.substring(at + BATCHES.length(), end) + OwnedId.mark(owner);
            String path = "/v1" + BATCHES + Paths.segment(id) + "/results";
            edit.replace(from, to, JsonText.quoted(path));
        }
    }
}
