package dev.berth.examples.standalone;

import dev.berth.examples.standalone.cli.CommandException;
import dev.berth.examples.standalone.cli.FailureReason;
import dev.berth.examples.standalone.cli.Nearest;
import dev.berth.examples.standalone.cli.OptionHints;
import dev.berth.examples.standalone.cli.UsageException;
import dev.berth.examples.standalone.cli.Version;
import dev.berth.registry.RegistryError;
import dev.berth.registry.RegistryException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The main class. A failure ends the process with one sentence on standard error and exit code 1; a malformed command
 * line with exit code 2.
 */
@Command(
        name = "berth",
        description = "A container registry, and a tool for images in other registries.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND")
public final class Berth implements Runnable {
    private static final int FAILED = 1;
    private static final int MISUSED = 2;

    private static final Pattern UNKNOWN_SUBCOMMAND = Pattern.compile("Unknown subcommand '(.*)'\\.?");

    /** The commands that must clean up when the process is stopped. */
    private static final Set<String> NEED_CLEANUP = Set.of("copy", "sync", "scan");

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    private Berth() {}

    /** Runs a command and exits the process with its exit code. */
    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    static int run(String... arguments) {
        if (arguments.length == 0 || !NEED_CLEANUP.contains(arguments[0])) {
            return program(arguments).execute(arguments);
        }
        StoppableOutput errors = new StoppableOutput(System.err);
        System.setErr(new PrintStream(errors, true, Charset.defaultCharset()));
        try (ShutdownInterrupt interrupt = new ShutdownInterrupt(errors)) {
            interrupt.arm();
            CommandLine program = program(arguments);
            program.setExecutionStrategy(parsed -> interrupt.isStopped() ? FAILED : new RunLast().execute(parsed));
            return program.execute(arguments);
        }
    }

    private static CommandLine program(String... arguments) {
        CommandLine program = new CommandLine(new Berth());
        Commands.neededFor(arguments).forEach((name, command) -> program.addSubcommand(name, command));
        program.setParameterExceptionHandler(Berth::usage);
        program.setExecutionExceptionHandler(Berth::failed);
        return program;
    }

    private static int usage(ParameterException e, String[] arguments) {
        CommandLine command = e.getCommandLine();
        if (e instanceof UnmatchedArgumentException unmatched
                && !command.getSubcommands().isEmpty()) {
            String word = unmatched.getUnmatched().get(0);
            if (!word.startsWith("-")) {
                return misused(
                        command, unknownCommand(word, command.getSubcommands().keySet()));
            }
        }
        if (UNKNOWN_SUBCOMMAND.matcher(String.valueOf(e.getMessage())).matches()) {
            // Of "help".
            String word = UNKNOWN_SUBCOMMAND.matcher(e.getMessage()).replaceAll("$1");
            return misused(
                    command, unknownCommand(word, command.getSubcommands().keySet()));
        }
        // picocli doubles the word for options that take KEY=VALUE.
        return misused(command, String.valueOf(e.getMessage()).replace("option option", "option"));
    }

    private static String unknownCommand(String word, Set<String> commands) {
        return "There is no command '" + word + "'"
                + Nearest.to(word, commands)
                        .map(nearest -> "; is '" + nearest + "' meant? The commands are ")
                        .orElse("; the commands are ")
                + String.join(", ", commands);
    }

    private static int misused(CommandLine command, String message) {
        command.getErr().println(message + "; see '" + command.getCommandSpec().qualifiedName() + " --help'.");
        return MISUSED;
    }

    private static int failed(Exception e, CommandLine command, ParseResult parsed) throws Exception {
        if (e instanceof RegistryException registryException) {
            // The messages only: the codes of the protocol add nothing for users.
            command.getErr()
                    .println(OptionHints.in(registryException.errors().stream()
                            .map(RegistryError::message)
                            .collect(Collectors.joining("; "))));
            return FAILED;
        }
        if (e instanceof IOException failure) {
            command.getErr().println(FailureReason.of(failure));
            return FAILED;
        }
        if (e instanceof CommandException) {
            command.getErr().println(e.getMessage());
            return FAILED;
        }
        if (e instanceof UsageException) {
            return misused(command, String.valueOf(e.getMessage()));
        }
        throw e;
    }

    /** Runs without a command, which is an error that lists the commands. */
    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "Say what to do: " + String.join(", ", spec.subcommands().keySet()));
    }
}
