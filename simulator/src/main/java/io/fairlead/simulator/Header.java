package io.fairlead.simulator;

/** One header line. Immutable. */
public record Header(String name, String value) {}
