package io.fairlead.protocol.service.transcription;

import io.fairlead.protocol.adapt.Unsupported;
import io.fairlead.protocol.service.ServiceTarget;
import io.fairlead.protocol.service.Told;
import io.fairlead.protocol.translate.Translation.Unary;

/** The form of one provider. Stateless: any thread. */
interface ProviderForm {
    /**
     * The request.
     *
     * @throws Unsupported if the form can't say it
     */
    Told write(TranscriptionRequest asked, ServiceTarget target);

    /**
     * Reads an answer with a 2xx status.
     *
     * @throws io.fairlead.protocol.codec.Unreadable if it is none
     */
    Transcript read(TranscriptionRequest asked, byte[] body);

    /** What the client gets of an answer with a 2xx status. */
    default Unary answer(TranscriptionRequest asked, byte[] body) {
        return TranscriptWriter.write(asked, read(asked, body));
    }

    /** Refuses what only OpenAI has. */
    static void refuseOpenAisOwn(TranscriptionRequest asked) {
        if (asked.layout() == Layout.DIARIZED_JSON) {
            throw new Unsupported("response_format", "diarized_json is made by OpenAI only");
        }
        if (asked.rest().stream().anyMatch(field -> field.name().startsWith("include"))) {
            throw new Unsupported("include", "log probabilities are given by OpenAI only");
        }
    }
}
