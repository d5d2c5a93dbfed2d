package io.fairlead.protocol.service.speech;

import io.fairlead.protocol.adapt.Unsupported;
import io.fairlead.protocol.service.ServiceTarget;
import io.fairlead.protocol.service.Told;

import java.util.List;

/** The form of one provider. Stateless: any thread. */
interface SpeechForm {
    /**
     * The request.
     *
     * @throws Unsupported if the form can't say it
     */
    Told write(SpeechRequest asked, ServiceTarget target);

    /**
     * Reads an answer with a 2xx status that is not empty.
     *
     * @throws io.fairlead.protocol.codec.Unreadable if it is none
     */
    Sound read(SpeechRequest asked, byte[] body);

    /** Whether its answers are the sound itself, which can pass as it comes. */
    boolean passes();

    /** What is left out where nobody can be told how to speak. */
    static List<String> withoutInstructions(SpeechRequest asked) {
        return asked.instructions().isPresent() ? List.of("instructions") : List.of();
    }

    static Unsupported noFormat(String provider, String known) {
        return new Unsupported(
                "response_format", provider + " does not make it (expected: " + known + ")");
    }

    /** For forms that need one. */
    static String voice(SpeechRequest asked) {
        return asked.voice()
                .orElseThrow(() -> new Unsupported("ref_audio", "the provider wants a voice"));
    }
}
