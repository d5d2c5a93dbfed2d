/**
 * Text to speech: what OpenAI's clients ask for, told to Mistral, Gemini, Vertex AI, ElevenLabs and
 * Deepgram. {@link io.fairlead.protocol.service.speech.SpeechForms} is where it begins.
 */
@NullMarked
package io.fairlead.protocol.service.speech;

import org.jspecify.annotations.NullMarked;
