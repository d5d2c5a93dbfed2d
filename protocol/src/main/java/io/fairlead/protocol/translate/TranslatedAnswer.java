package io.fairlead.protocol.translate;

/**
 * A whole answer in the client's protocol. Immutable, as long as nobody changes the body.
 *
 * @param body its JSON
 */
public record TranslatedAnswer(byte[] body, AnswerFacts facts) {}
