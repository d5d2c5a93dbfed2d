/**
 * OpenAI's Responses API, on either side: requests made of items, answers made of output items, and
 * streams of numbered events. Follows OpenAI's OpenAPI document (2.3.0) and what its SDKs expect.
 */
@NullMarked
package io.fairlead.protocol.responses;

import org.jspecify.annotations.NullMarked;
