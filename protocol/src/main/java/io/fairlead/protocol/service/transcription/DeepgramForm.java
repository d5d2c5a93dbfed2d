package io.fairlead.protocol.service.transcription;

import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.codec.Paths;
import io.fairlead.protocol.codec.ProviderRequest;
import io.fairlead.protocol.codec.Unreadable;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.service.ServiceTarget;
import io.fairlead.protocol.service.Told;
import io.fairlead.protocol.service.transcription.Transcript.Segment;
import io.fairlead.protocol.service.transcription.Transcript.Word;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Deepgram's form: the recording is the body, and everything else stands in the query. Its
 * utterances are the segments. Stateless: any thread.
 */
final class DeepgramForm implements ProviderForm {
    @Override
    public Told write(TranscriptionRequest asked, ServiceTarget target) {
        ProviderForm.refuseOpenAisOwn(asked);
        StringBuilder path =
                new StringBuilder("/listen?model=")
                        .append(Paths.segment(target.model()))
                        .append("&smart_format=true");
        // who names no language wants it to be found out
        path.append(
                asked.language()
                        .map(language -> "&language=" + Paths.segment(language))
                        .orElse("&detect_language=true"));
        if (asked.needsSegments()) {
            path.append("&utterances=true");
        }
        List<String> dropped = new ArrayList<>();
        asked.prompt().ifPresent(_ -> dropped.add("prompt"));
        asked.temperature().ifPresent(_ -> dropped.add("temperature"));
        return new Told(
                new ProviderRequest(
                        path.toString(),
                        Map.of("content-type", asked.file().mediaType()),
                        asked.file().bytes()),
                dropped);
    }

    @Override
    public Transcript read(TranscriptionRequest asked, byte[] body) {
        Fields answer = Fields.ofAnswer(Fields.parse(body));
        Fields results = answer.needObject("results");
        Fields channel = first(results, "channels");
        Fields best = first(channel, "alternatives");
        List<Word> words = new ArrayList<>();
        for (Fields word : best.objects("words")) {
            words.add(
                    new Word(
                            time(word, "start"),
                            time(word, "end"),
                            word.text("punctuated_word").or(() -> word.text("word")).orElse(""),
                            Beside.NONE));
        }
        List<Segment> segments = new ArrayList<>();
        for (Fields utterance : results.objects("utterances")) {
            segments.add(
                    new Segment(
                            time(utterance, "start"),
                            time(utterance, "end"),
                            utterance.text("transcript").orElse(""),
                            Beside.NONE));
        }
        return new Transcript(
                best.needText("transcript"),
                channel.text("detected_language"),
                answer.object("metadata").flatMap(metadata -> metadata.number("duration")),
                segments,
                words,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Beside.NONE);
    }

    private static Fields first(Fields in, String name) {
        List<Fields> all = in.objects(name);
        if (all.isEmpty()) {
            throw new Unreadable(in.pathOf(name), "is missing (expected: an array of objects)");
        }
        return all.getFirst();
    }

    private static BigDecimal time(Fields piece, String name) {
        return piece.number(name)
                .orElseThrow(() -> new Unreadable(piece.pathOf(name), "is no number"));
    }
}
