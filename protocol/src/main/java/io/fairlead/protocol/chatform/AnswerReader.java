package io.fairlead.protocol.chatform;

import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.ChatAnswer;
import io.fairlead.protocol.model.Choice;
import io.fairlead.protocol.model.Citation;
import io.fairlead.protocol.model.Finish;
import io.fairlead.protocol.model.Marks;
import io.fairlead.protocol.model.Media;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Refusal;
import io.fairlead.protocol.model.Text;
import io.fairlead.protocol.model.TokenLogProb;
import io.fairlead.protocol.model.TokenUsage;
import io.fairlead.protocol.model.ToolCall;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads whole answers, leniently: imitators leave out much. Immutable: any thread. */
final class AnswerReader {
    /** A text that is what the spoken answer says. */
    static final String TRANSCRIPT = "transcript";

    private final Dialect dialect;
    private final MessageReader messages;
    private final CallForm calls;
    private final ReasoningForm reasoning;
    private final LogProbsForm logProbs;
    private final ImagesForm images;

    AnswerReader(Dialect dialect) {
        this.dialect = dialect;
        this.messages = new MessageReader(dialect);
        this.calls = new CallForm(dialect);
        this.reasoning = new ReasoningForm(dialect);
        this.logProbs = new LogProbsForm(dialect);
        this.images = new ImagesForm(dialect);
    }

    ChatAnswer read(Json body) {
        Fields answer = Fields.ofAnswer(body);
        if (!answer.has("choices") && answer.has("error")) {
            throw answer.invalid("choices", "an array of choices");
        }
        List<Choice> choices = new ArrayList<>();
        for (Fields choice : answer.objects("choices")) {
            choices.add(choice(choice, choices.size()));
        }
        Optional<TokenUsage> usage =
                answer.object("usage")
                        .map(used -> {
                            answer.take("usage");
                            return UsageForm.read(used, dialect);
                        });
        return new ChatAnswer(
                Own.words(answer, "id").orElse(""),
                Own.words(answer, "model").orElse(""),
                answer.count("created"),
                choices,
                usage,
                Own.words(answer, "service_tier"),
                Own.marked(answer, dialect.protocol()));
    }

    private Choice choice(Fields choice, int position) {
        Optional<Fields> said = choice.object("message");
        List<Part> parts = said.isEmpty() ? List.of() : parts(said.get(), choice);
        boolean called = parts.stream().anyMatch(ToolCall.class::isInstance);
        Optional<Finish> finish =
                Own.words(choice, "finish_reason").map(word -> FinishWords.read(word, called));
        List<TokenLogProb> tokens = logProbs.read(choice);
        return new Choice(
                choice.count("index").orElse((long) position).intValue(),
                parts,
                finish,
                tokens,
                Own.marked(choice, dialect.protocol()));
    }

    private List<Part> parts(Fields message, Fields choice) {
        List<Part> called = calls.read(message);
        List<Part> parts = new ArrayList<>(reasoning.read(message, called, choice));
        List<Part> content = messages.content(message, choice);
        if (content.size() == 1 && content.getFirst() instanceof Text text) {
            List<Citation> citations = Annotations.read(message, dialect);
            content = List.of(new Text(text.words(), citations, text.marks()));
        }
        parts.addAll(content);
        parts.addAll(images.read(message));
        message.object("audio").ifPresent(audio -> audio(audio, message, parts));
        Own.words(message, "refusal").ifPresent(text -> parts.add(Refusal.of(text)));
        parts.addAll(called);
        return parts;
    }

    private void audio(Fields audio, Fields message, List<Part> parts) {
        Optional<String> data = Own.words(audio, "data");
        if (data.isEmpty()) {
            return;
        }
        message.take("audio");
        Optional<String> transcript = Own.words(audio, TRANSCRIPT);
        Beside rest = audio.rest(dialect.protocol());
        parts.add(
                Media.inline(Media.Kind.AUDIO, AudioTypes.typeOf(data.get()), data.get())
                        .withMarks(Marks.of(rest)));
        transcript.ifPresent(text ->
                parts.add(
                        Text.of(text)
                                .withMarks(Marks.of(Own.form(dialect.protocol(), TRANSCRIPT)))));
    }
}
