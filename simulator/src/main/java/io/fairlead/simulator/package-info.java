/**
 * Simulated LLM providers, as pure scripts: a {@link io.fairlead.simulator.SimProvider} looks at a
 * request and says what is answered, byte by byte and with its timing, and a {@link
 * io.fairlead.simulator.Playback} plays that into a sink. Nothing here opens a socket, starts a
 * thread or reads a clock, so a script can be played in process by the gateway, in a test without a
 * network, or over HTTP by the {@code server} package. {@code replay} makes scripts of recorded
 * exchanges, {@code openai} invents them, {@code fault} spoils them.
 */
@NullMarked
package io.fairlead.simulator;

import org.jspecify.annotations.NullMarked;
