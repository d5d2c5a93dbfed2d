package io.fairlead.protocol.chatform;

import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.Marks;
import io.fairlead.protocol.model.Media;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.StreamEvent;
import io.fairlead.protocol.model.StreamEvent.Growth;
import io.fairlead.protocol.model.Text;

import java.util.List;
import java.util.Optional;

/**
 * Reads images and speech in the deltas of a choice: images come whole, speech in pieces, and what
 * is spoken as text besides. For this very protocol they stay in the rest of their chunk, so that
 * every piece goes out as it came in. Confined to one thread.
 */
final class DeltaMedia {
    private static final String AUDIO = "audio";

    private final ChoiceReader choice;
    private final ImagesForm images;
    private final Beside silent;
    private final Beside transcript;
    private final Base64Pieces pieces = new Base64Pieces();
    private int speech = -1;
    private int words = -1;

    DeltaMedia(ChoiceReader choice, Dialect dialect) {
        this.choice = choice;
        this.images = new ImagesForm(dialect);
        this.silent = Own.form(dialect.protocol(), ChatStreamReader.SILENT);
        this.transcript = Own.form(dialect.protocol(), AnswerReader.TRANSCRIPT);
    }

    void read(Fields delta, List<StreamEvent> events) {
        Optional<Json> drawn = delta.peek(ImagesForm.IMAGES).filter(Json::isArray);
        if (drawn.isPresent()) {
            // Read of a copy: what is taken there is not taken here.
            JsonObject copy = new JsonObject().put(ImagesForm.IMAGES, drawn.get());
            for (Part image : images.read(Fields.ofAnswer(copy.toJson()))) {
                choice.whole(image, silent, events);
            }
        }
        Optional<Json> spoken = delta.peek(AUDIO).filter(Json::isObject);
        if (spoken.isPresent()) {
            text(spoken.get(), "data").ifPresent(data -> speech(data, events));
            text(spoken.get(), AnswerReader.TRANSCRIPT).ifPresent(text -> words(text, events));
        }
    }

    private static Optional<String> text(Json audio, String member) {
        return audio.get(member)
                .filter(Json::isString)
                .map(Json::text)
                .filter(text -> !text.isEmpty());
    }

    private void speech(String data, List<StreamEvent> events) {
        if (speech < 0) {
            speech = choice.nextPart();
            Media head = Media.inline(Media.Kind.AUDIO, AudioTypes.typeOf(data), "");
            events.add(new StreamEvent.PartStarted(choice.index(), speech, head, silent));
        }
        grew(speech, pieces.next(data), events);
    }

    private void grew(int part, String base64, List<StreamEvent> events) {
        if (!base64.isEmpty()) {
            Growth growth = new Growth.MoreMedia(base64);
            events.add(new StreamEvent.PartGrew(choice.index(), part, growth, silent));
        }
    }

    private void words(String text, List<StreamEvent> events) {
        if (words < 0) {
            words = choice.nextPart();
            Text head = Text.of("").withMarks(Marks.of(transcript));
            events.add(new StreamEvent.PartStarted(choice.index(), words, head, silent));
        }
        Growth growth = new Growth.MoreText(text);
        events.add(new StreamEvent.PartGrew(choice.index(), words, growth, silent));
    }

    void close(List<StreamEvent> events) {
        if (speech >= 0) {
            grew(speech, pieces.last(), events);
            events.add(new StreamEvent.PartEnded(choice.index(), speech, Beside.NONE));
            speech = -1;
        }
        if (words >= 0) {
            events.add(new StreamEvent.PartEnded(choice.index(), words, Beside.NONE));
            words = -1;
        }
    }
}
