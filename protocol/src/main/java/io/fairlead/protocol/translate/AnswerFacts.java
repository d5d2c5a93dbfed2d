package io.fairlead.protocol.translate;

import io.fairlead.kernel.ProviderFault;
import io.fairlead.kernel.Usage;
import io.fairlead.protocol.model.Finish;

import java.util.Optional;

/**
 * What is known of an answer, so far or in the end. Immutable.
 *
 * @param model that answered, as the provider calls it; empty: it did not say
 * @param usage the totals so far, where the provider tells them
 * @param finish of the first choice
 * @param output whether something for the client was in it: a text, a call, a thought, a medium
 * @param failure the fault the provider reported inside the answer; nothing follows
 * @param complete whether the provider said that this is all
 */
public record AnswerFacts(
        String model,
        Optional<Usage> usage,
        Optional<Finish> finish,
        boolean output,
        Optional<ProviderFault> failure,
        boolean complete) {}
