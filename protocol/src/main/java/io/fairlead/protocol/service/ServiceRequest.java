package io.fairlead.protocol.service;

import io.fairlead.kernel.Endpoint;

import java.util.Map;
import java.util.Optional;

/**
 * A request as a client sends it. Immutable, as long as nobody changes the body.
 *
 * @param contentType as the client gave it; absent is taken as JSON
 * @param model the model asked for, wherever it stood
 * @param headers that change the meaning ({@code anthropic-beta}), names in lower case
 */
@SuppressWarnings("ArrayRecordComponent") // bytes of a client: never compared
public record ServiceRequest(
        Endpoint endpoint,
        byte[] body,
        Optional<String> contentType,
        String model,
        Map<String, String> headers) {}
