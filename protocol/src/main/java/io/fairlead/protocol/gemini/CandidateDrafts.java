package io.fairlead.protocol.gemini;

import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.Citation;
import io.fairlead.protocol.model.Finish;
import io.fairlead.protocol.model.TokenLogProb;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The candidates of one message being written. Confined to one thread. */
final class CandidateDrafts {
    /** One candidate: what is new of it. */
    static final class Draft {
        final Spelling spelling;
        final List<JsonObject> parts = new ArrayList<>();
        final List<TokenLogProb> logProbs = new ArrayList<>();
        final List<Citation> citations = new ArrayList<>();
        CharSequence cited = "";
        int index;
        @Nullable Finish finish;

        Draft(Spelling spelling, int index) {
            this.spelling = spelling;
            this.index = index;
        }

        void add(JsonObject part) {
            parts.add(part);
        }
    }

    private final List<Draft> drafts = new ArrayList<>();

    /** A candidate as it came from Google, of which the next events tell. */
    void begin(Beside beside) {
        drafts.add(new Draft(new Spelling(beside), -1));
    }

    Draft current() {
        return drafts.isEmpty() ? of(0) : drafts.getLast();
    }

    Draft of(int choice) {
        if (!drafts.isEmpty() && drafts.getLast().index < 0) {
            drafts.getLast().index = choice;
        }
        for (int i = drafts.size() - 1; i >= 0; i--) {
            if (drafts.get(i).index == choice) {
                return drafts.get(i);
            }
        }
        drafts.add(new Draft(new Spelling(Beside.NONE), choice));
        return drafts.getLast();
    }

    /** Whether this choice is told as Google told it. */
    boolean isOfGoogle(int choice) {
        return !of(choice).spelling.beside().isEmpty();
    }

    boolean isEmpty() {
        return drafts.isEmpty();
    }

    void write(JsonObject chunk, Spelling outer) {
        if (drafts.isEmpty()) {
            return;
        }
        List<JsonObject> written = new ArrayList<>();
        for (Draft draft : drafts) {
            written.add(write(draft));
        }
        outer.list(chunk, "candidates", written);
    }

    private static JsonObject write(Draft draft) {
        Spelling spelling = draft.spelling;
        if (draft.parts.isEmpty() && spelling.beside().isEmpty()) {
            // As Google does when only the end is left to be told.
            draft.parts.add(new JsonObject().put("text", ""));
        }
        JsonObject candidate = Candidates.write(Math.max(draft.index, 0), draft.parts, spelling);
        Optional.ofNullable(draft.finish)
                .ifPresent(finish -> GeminiFinish.write(finish, candidate, spelling));
        spelling.rest(candidate);
        Grounding.write(draft.citations, new Utf8Places(draft.cited), candidate);
        LogProbs.write(draft.logProbs, candidate);
        return candidate;
    }
}
