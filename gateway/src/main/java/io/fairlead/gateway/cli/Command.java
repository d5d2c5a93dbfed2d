package io.fairlead.gateway.cli;

import java.util.List;

/** One command of the command line. Used by the main thread only. */
interface Command {
    String name();

    /** One line for the list of commands. */
    String summary();

    List<Option> options();

    /** Runs it and returns the exit code: 0 fine, 2 bad usage or configuration, 1 anything else. */
    int run(Arguments arguments, Console console);
}
