package io.fairlead.gateway.cli;

import java.util.List;

/** The texts of {@code --help}. Stateless. */
final class Help {
    private Help() {}

    static String overview(List<Command> commands) {
        StringBuilder text =
                new StringBuilder(
                        """
                        Fairlead: a self-hosted LLM gateway. One endpoint, every model.

                        usage: fairlead [COMMAND] [OPTIONS]     (without a command: serve)

                        commands:
                        """);
        for (Command command : commands) {
            text.append("  ")
                    .append(pad(command.name(), 10))
                    .append(command.summary())
                    .append('\n');
        }
        return text.append(
                        """

                        fairlead COMMAND --help shows the options of a command.
                        Exit codes: 0 fine, 2 bad usage or configuration, 1 anything else.
                        """)
                .toString();
    }

    static String of(Command command) {
        StringBuilder text = new StringBuilder("usage: fairlead ").append(command.name());
        for (Option option : command.options()) {
            text.append(" [").append(option.name()).append(' ').append(option.value()).append(']');
        }
        text.append("\n\n").append(command.summary()).append("\n");
        if (!command.options().isEmpty()) {
            text.append("\noptions:\n");
            for (Option option : command.options()) {
                text.append("  ")
                        .append(pad(option.name() + " " + option.value(), 18))
                        .append(option.text())
                        .append('\n');
            }
        }
        return text.toString();
    }

    private static String pad(String text, int width) {
        return text.length() >= width ? text + " " : text + " ".repeat(width - text.length());
    }
}
