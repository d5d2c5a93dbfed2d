package io.fairlead.gateway.cli;

/**
 * An option of a command. Immutable.
 *
 * @param name as typed, for example {@code --port}
 * @param value what its value is called in the help
 * @param text one line of help, with the default
 */
record Option(String name, String value, String text) {}
