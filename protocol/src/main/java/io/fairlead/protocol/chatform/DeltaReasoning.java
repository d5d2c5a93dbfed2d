package io.fairlead.protocol.chatform;

import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.Seal;
import io.fairlead.protocol.model.StreamEvent.Growth;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Thoughts in a delta. The text is taken from wherever it stands first; the details of a piece say
 * the same again, and are left where they are. Immutable: any thread.
 */
final class DeltaReasoning {
    /** The piece is in the details, and nowhere else. */
    static final String IN_DETAILS = "details";

    /** A piece of thought and where it stood. */
    record Step(Growth growth, Beside beside) {}

    private final Dialect dialect;

    DeltaReasoning(Dialect dialect) {
        this.dialect = dialect;
    }

    List<Step> read(Fields delta) {
        Optional<String> plain = Own.words(delta, ReasoningForm.PLAIN);
        Optional<Json> second =
                delta.peek(ReasoningForm.CONTENT)
                        .filter(Json::isString)
                        .filter(text -> plain.isEmpty() || text.is(plain.get()));
        Optional<String> content =
                second.isEmpty() ? Optional.empty() : Own.words(delta, ReasoningForm.CONTENT);
        List<Step> steps = new ArrayList<>();
        plain.or(() -> content)
                .ifPresent(text ->
                        steps.add(
                                new Step(
                                        new Growth.MoreReasoning(text, false, 0),
                                        spelling(plain, content))));
        for (Json detail :
                Own.list(delta, ReasoningForm.DETAILS).orElse(Json.EMPTY_ARRAY).elements()) {
            detail(detail, plain.isPresent() || content.isPresent(), steps);
        }
        return steps;
    }

    private Beside spelling(Optional<String> plain, Optional<String> content) {
        if (plain.isEmpty()) {
            return Own.form(dialect.protocol(), ReasoningForm.CONTENT);
        }
        return content.isEmpty()
                ? Own.form(dialect.protocol(), ReasoningForm.PLAIN)
                : Own.forms(dialect.protocol(), ReasoningForm.PLAIN, ReasoningForm.CONTENT);
    }

    private void detail(Json detail, boolean told, List<Step> steps) {
        Beside beside = Own.form(dialect.protocol(), IN_DETAILS);
        if (!told) {
            words(detail, "summary")
                    .ifPresent(text ->
                            steps.add(new Step(new Growth.MoreReasoning(text, true, 0), beside)));
            words(detail, "text")
                    .ifPresent(text ->
                            steps.add(new Step(new Growth.MoreReasoning(text, false, 0), beside)));
        }
        String owner = SealFormat.owner(detail.get("format"));
        words(detail, "signature")
                .ifPresent(data ->
                        steps.add(
                                new Step(new Growth.Sealed(Seal.signature(owner, data)), beside)));
        words(detail, "data")
                .ifPresent(data ->
                        steps.add(
                                new Step(
                                        new Growth.Sealed(
                                                new Seal(
                                                        SealFormat.kind(owner),
                                                        owner,
                                                        data,
                                                        words(detail, "id"))),
                                        beside)));
    }

    private static Optional<String> words(Json detail, String name) {
        return detail.get(name).filter(Json::isString).filter(text -> !text.is("")).map(Json::text);
    }
}
