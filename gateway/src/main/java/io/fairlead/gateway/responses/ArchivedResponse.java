package io.fairlead.gateway.responses;

import java.time.Instant;

/**
 * A response as the store has it. Immutable, as long as nobody changes the body.
 *
 * @param owner the id of the virtual key that asked for it; empty: there was none
 * @param body the response with its input, as {@code StoredResponse} writes it
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way to the disk: never compared
public record ArchivedResponse(String id, String owner, Instant createdAt, byte[] body) {}
