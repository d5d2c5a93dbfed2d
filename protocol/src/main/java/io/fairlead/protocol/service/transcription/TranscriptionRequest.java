package io.fairlead.protocol.service.transcription;

import io.fairlead.protocol.openai.FormData;
import io.fairlead.protocol.service.ServiceRequest;
import io.fairlead.protocol.service.Upload;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * A recording to be written down. Immutable.
 *
 * @param english whether it shall be translated to English
 * @param language that is spoken, as ISO 639-1
 * @param prompt text in the style, or with the names, that the transcript shall have
 * @param words whether the time of each word is asked for
 * @param segments whether the time of each segment is asked for
 * @param stream whether the transcript is wanted as it grows
 * @param rest fields that the form has no word for
 * @param sent as the client sent it
 */
record TranscriptionRequest(
        boolean english,
        Upload file,
        Optional<String> language,
        Optional<String> prompt,
        Optional<BigDecimal> temperature,
        Layout layout,
        boolean words,
        boolean segments,
        boolean stream,
        List<FormData.Field> rest,
        ServiceRequest sent) {
    TranscriptionRequest {
        rest = List.copyOf(rest);
    }

    /** Whether the client gets events. */
    boolean events() {
        return stream && !layout.timed();
    }

    /** Whether the transcript has to be cut into segments. */
    boolean needsSegments() {
        return layout == Layout.SRT
                || layout == Layout.VTT
                || (layout == Layout.VERBOSE_JSON && (segments || !words));
    }

    /** Whether the time of each word is in the answer. */
    boolean needsWords() {
        return layout == Layout.VERBOSE_JSON && words;
    }
}
