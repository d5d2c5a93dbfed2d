/**
 * An invented provider that speaks OpenAI's protocol: the models of the built-in provider {@code
 * sim}, and synthetic load of chosen size and pace. Answers follow the schemas of OpenAI's API and
 * carry exact usage.
 */
@NullMarked
package io.fairlead.simulator.openai;

import org.jspecify.annotations.NullMarked;
