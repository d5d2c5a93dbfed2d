/**
 * Speech to text, and to English text: what OpenAI's clients ask for, told to OpenAI-like
 * providers, Mistral, Gemini, Vertex AI, ElevenLabs and Deepgram. {@link
 * io.fairlead.protocol.service.transcription.TranscriptionForms} is where it begins.
 */
@NullMarked
package io.fairlead.protocol.service.transcription;

import org.jspecify.annotations.NullMarked;
