package io.fairlead.gateway.cli;

import java.io.PrintStream;

/**
 * Where a command prints. Thread-safe as the streams are.
 *
 * @param out results
 * @param err everything a person should read but a script should not
 */
record Console(PrintStream out, PrintStream err) {}
