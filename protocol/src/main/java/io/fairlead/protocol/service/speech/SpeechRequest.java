package io.fairlead.protocol.service.speech;

import io.fairlead.protocol.adapt.Unsupported;
import io.fairlead.protocol.model.Beside;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * A text to be spoken. Immutable.
 *
 * @param voice as the provider calls it; absent where the client sends a sample of one
 * @param format absent: {@code mp3}, where the provider has it
 * @param speed 1 is neutral
 * @param instructions how it shall sound
 * @param events whether the sound is wanted in events
 */
record SpeechRequest(
        String text,
        Optional<String> voice,
        Optional<SoundFormat> format,
        Optional<BigDecimal> speed,
        Optional<String> instructions,
        boolean events,
        Beside beside) {

    /** The format to make where all of OpenAI's are there. */
    SoundFormat wanted() {
        return format.orElse(SoundFormat.MP3);
    }

    /** The speed, unless it is neutral, checked against what a provider has. */
    Optional<BigDecimal> speedWithin(String least, String most) {
        Optional<BigDecimal> other = speed.filter(it -> it.compareTo(BigDecimal.ONE) != 0);
        other.ifPresent(it -> {
            if (it.compareTo(new BigDecimal(least)) < 0 || it.compareTo(new BigDecimal(most)) > 0) {
                throw new Unsupported(
                        "speed", "the provider speaks from " + least + " to " + most + " times");
            }
        });
        return other;
    }

    /** Refuses any speed but the neutral one. */
    void refuseSpeed(String provider) {
        if (speed.filter(it -> it.compareTo(BigDecimal.ONE) != 0).isPresent()) {
            throw new Unsupported("speed", provider + " has one speed");
        }
    }
}
