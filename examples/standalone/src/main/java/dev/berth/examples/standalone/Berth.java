package dev.berth.examples.standalone;

import dev.berth.registry.RegistryError;
import dev.berth.registry.RegistryException;
import java.io.IOException;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.Spec;

/**
 * The program. What goes wrong ends it with one sentence on the error output, and exit code 1; what is wrong on the
 * command line itself, with 2.
 */
@Command(
        name = "berth",
        description = "A container registry, and a tool for images in other registries.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ServeCommand.class,
            ReindexCommand.class,
            CopyCommand.class,
            SyncCommand.class,
            ListCommand.class,
            InspectCommand.class
        })
public final class Berth implements Runnable {
    private static final int FAILED = 1;
    private static final int MISUSED = 2;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    private Berth() {}

    /** Runs a command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    static int run(String... arguments) {
        CommandLine program = new CommandLine(new Berth());
        program.setParameterExceptionHandler(Berth::usage);
        program.setExecutionExceptionHandler(Berth::failed);
        try (Interruption interruption = new Interruption()) {
            program.setExecutionStrategy(parsed -> {
                if (parsed.hasSubcommand() && writes(parsed.subcommand())) {
                    interruption.arm();
                }
                return new RunLast().execute(parsed);
            });
            return program.execute(arguments);
        }
    }

    /** Returns whether a command leaves something half done if it is just ended. */
    private static boolean writes(ParseResult command) {
        Object object = command.commandSpec().userObject();
        return object instanceof CopyCommand || object instanceof SyncCommand;
    }

    private static int usage(ParameterException e, String[] arguments) {
        return misused(e.getCommandLine(), String.valueOf(e.getMessage()));
    }

    private static int misused(CommandLine command, String message) {
        command.getErr().println(message + "; see '" + command.getCommandSpec().qualifiedName() + " --help'.");
        return MISUSED;
    }

    private static int failed(Exception e, CommandLine command, ParseResult parsed) throws Exception {
        if (e instanceof RegistryException registryException) {
            // Without the codes of the protocol: the sentences say it all.
            command.getErr()
                    .println(registryException.errors().stream()
                            .map(RegistryError::message)
                            .collect(Collectors.joining("; ")));
            return FAILED;
        }
        if (e instanceof IOException failure) {
            command.getErr().println(FailureReason.of(failure));
            return FAILED;
        }
        if (e instanceof ConfigException) {
            command.getErr().println(e.getMessage());
            return FAILED;
        }
        if (e instanceof UsageException) {
            return misused(command, String.valueOf(e.getMessage()));
        }
        throw e;
    }

    /** Without a command there is nothing to do but to say which there are. */
    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "Say what to do: " + String.join(", ", spec.subcommands().keySet()));
    }
}
