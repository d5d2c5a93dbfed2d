/**
 * Responses that the gateway keeps for clients of OpenAI's Responses API, where the provider that
 * made them can't. The way to the database is {@link io.fairlead.gateway.responses.ResponseStore}.
 */
@NullMarked
package io.fairlead.gateway.responses;

import org.jspecify.annotations.NullMarked;
