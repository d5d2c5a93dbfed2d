package io.fairlead.protocol.service.speech;

import io.fairlead.kernel.Usage;

import java.util.Optional;

/**
 * Spoken text. Immutable, as long as nobody changes the bytes.
 *
 * @param usage in tokens, where the provider counts them
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way out: never compared
record Sound(SoundFormat format, byte[] bytes, Optional<Usage> usage) {}
