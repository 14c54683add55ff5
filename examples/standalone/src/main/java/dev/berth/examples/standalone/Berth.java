package dev.berth.examples.standalone;

import dev.berth.registry.RegistryException;
import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program. What goes wrong ends it with one sentence on the error output, and 1. */
@Command(
        name = "berth",
        description = "A container registry.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {ServeCommand.class, ReindexCommand.class})
public final class Berth implements Runnable {
    private static final int FAILED = 1;

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
        return program.execute(arguments);
    }

    private static int usage(ParameterException e, String[] arguments) {
        CommandLine command = e.getCommandLine();
        command.getErr()
                .println(e.getMessage() + "; see '" + command.getCommandSpec().qualifiedName() + " --help'.");
        return FAILED;
    }

    private static int failed(Exception e, CommandLine command, CommandLine.ParseResult parsed) throws Exception {
        if (e instanceof ConfigException || e instanceof IOException || e instanceof RegistryException) {
            command.getErr().println(e.getMessage());
            return FAILED;
        }
        throw e;
    }

    /** Without a command there is nothing to do but to say which there are. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do: serve or reindex");
    }
}
