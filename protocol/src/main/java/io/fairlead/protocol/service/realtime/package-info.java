/**
 * OpenAI's conversations over a WebSocket: what a gateway must know of the events that pass, in
 * both directions. Nothing here is translated.
 */
@NullMarked
package io.fairlead.protocol.service.realtime;

import org.jspecify.annotations.NullMarked;
