package io.fairlead.protocol.service.transcription;

import io.fairlead.kernel.Endpoint;
import io.fairlead.protocol.codec.Unreadable;
import io.fairlead.protocol.openai.FormData;
import io.fairlead.protocol.service.ServiceRequest;
import io.fairlead.protocol.service.Upload;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the form that OpenAI's clients send. Stateless: any thread. */
final class ClientForm {
    private static final String GRANULARITIES = "timestamp_granularities";
    private static final Set<String> KNOWN =
            Set.of(
                    "model",
                    "language",
                    "prompt",
                    "temperature",
                    "response_format",
                    "stream",
                    GRANULARITIES,
                    GRANULARITIES + "[]");

    private ClientForm() {}

    static TranscriptionRequest read(ServiceRequest request) {
        FormData form = FormData.read(request.contentType(), request.body());
        List<FormData.File> files = form.files("file");
        if (files.isEmpty()) {
            throw new Unreadable("file", "is missing (expected: a part of the form with a file)");
        }
        List<String> times = form.texts(GRANULARITIES);
        for (String time : times) {
            if (!time.equals("word") && !time.equals("segment")) {
                throw new Unreadable(
                        GRANULARITIES, "is '" + brief(time) + "' (expected: word, segment)");
            }
        }
        return new TranscriptionRequest(
                request.endpoint() == Endpoint.TRANSLATIONS,
                Upload.of(files.getLast()),
                form.text("language"),
                form.text("prompt"),
                form.text("temperature").map(ClientForm::number),
                form.text("response_format").map(ClientForm::layout).orElse(Layout.JSON),
                times.contains("word"),
                times.contains("segment"),
                form.text("stream").filter("true"::equalsIgnoreCase).isPresent(),
                form.fields().stream().filter(field -> !KNOWN.contains(field.name())).toList(),
                request);
    }

    private static Layout layout(String text) {
        return Layout.parse(text)
                .orElseThrow(() ->
                        new Unreadable(
                                "response_format",
                                "is '" + brief(text) + "' (expected: " + Layout.all() + ")"));
    }

    private static BigDecimal number(String text) {
        try {
            return Optional.of(text)
                    .filter(it -> it.length() <= 20)
                    .map(BigDecimal::new)
                    .filter(it -> it.signum() >= 0 && it.compareTo(BigDecimal.TEN) <= 0)
                    .orElseThrow(NumberFormatException::new);
        } catch (NumberFormatException _) {
            throw new Unreadable(
                    "temperature", "is '" + brief(text) + "' (expected: a number from 0 to 1)");
        }
    }

    private static String brief(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }
}
