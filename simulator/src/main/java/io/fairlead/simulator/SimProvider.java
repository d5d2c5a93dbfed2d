package io.fairlead.simulator;

/**
 * A simulated provider: decides what is done with each request. Called from several threads at once
 * unless the caller says otherwise; must not block.
 */
@FunctionalInterface
public interface SimProvider {

    SimAnswer answer(SimRequest request);
}
