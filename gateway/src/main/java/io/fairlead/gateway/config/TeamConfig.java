package io.fairlead.gateway.config;

import java.util.Optional;

/**
 * A declared team: owner of keys. Immutable.
 *
 * @param name unique name
 * @param budget most money all its keys together may spend in a period
 * @param limits most requests and tokens of all its keys together
 */
public record TeamConfig(String name, Optional<BudgetConfig> budget, LimitsConfig limits) {}
