package io.fairlead.gateway.cli;

import io.fairlead.gateway.config.Nearest;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * The command line: {@code fairlead [COMMAND] [OPTIONS]}, without a command {@code serve}. Exit
 * codes: 0 fine, 2 bad usage or configuration, 1 anything else. Used by the main thread only.
 */
public final class Main {
    private static final List<Command> COMMANDS =
            List.of(
                    new ServeCommand(),
                    new ValidateCommand(),
                    new ModelsCommand(),
                    new ExplainCommand(),
                    new DemoCommand());

    private Main() {}

    public static void main(String[] args) {
        Console console = new Console(utf8(FileDescriptor.out), utf8(FileDescriptor.err));
        int code = run(Arrays.asList(args), console);
        console.out().flush();
        console.err().flush();
        System.exit(code);
    }

    private static PrintStream utf8(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }

    static int run(List<String> words, Console console) {
        boolean named = !words.isEmpty() && !words.getFirst().startsWith("-");
        String name = named ? words.getFirst() : "serve";
        List<String> rest = named ? words.subList(1, words.size()) : words;
        if (isHelp(words.isEmpty() ? "" : words.getFirst()) || name.equals("help")) {
            console.out().print(Help.overview(COMMANDS));
            return 0;
        }
        if (!words.isEmpty() && (words.getFirst().equals("--version") || name.equals("version"))) {
            console.out().println("fairlead " + version());
            return 0;
        }
        for (Command command : COMMANDS) {
            if (command.name().equals(name)) {
                return run(command, rest, console);
            }
        }
        console.err()
                .println(
                        "fairlead: unknown command "
                                + name
                                + Nearest.of(name, COMMANDS.stream().map(Command::name).toList())
                                        .map(nearest -> "; did you mean " + nearest + "?")
                                        .orElse("; fairlead --help lists them"));
        return 2;
    }

    private static int run(Command command, List<String> words, Console console) {
        if (words.stream().anyMatch(Main::isHelp)) {
            console.out().print(Help.of(command));
            return 0;
        }
        try {
            return command.run(Arguments.parse(words, command.options()), console);
        } catch (UsageException e) {
            console.err()
                    .println(
                            "fairlead "
                                    + command.name()
                                    + ": "
                                    + e.getMessage()
                                    + " (--help shows the options)");
            return 2;
        }
    }

    private static boolean isHelp(String word) {
        return word.equals("--help") || word.equals("-h");
    }

    /** The version of this build, from its jar. */
    public static String version() {
        String version = Main.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
