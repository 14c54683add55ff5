package dev.berth.examples.standalone.mirrors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.examples.standalone.accounts.LoginFlags;
import dev.berth.examples.standalone.accounts.ManagedPart;
import dev.berth.examples.standalone.accounts.Management;
import dev.berth.examples.standalone.cli.Text;
import dev.berth.examples.standalone.cli.Version;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A command that asks a registry that runs. */
@Command(
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        versionProvider = Version.class,
        sortOptions = false)
abstract class ServerCommand implements Callable<Integer> {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Option(
            names = "--registry",
            paramLabel = "HOST[:PORT]",
            description = "The registry that runs, as of 'docker login'; localhost:5000 by default.")
    private String registry = "localhost:5000";

    @Mixin
    private LoginFlags login = new LoginFlags();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    final String registry() {
        return LoginFlags.hostOf(registry);
    }

    final LoginFlags login() {
        return login;
    }

    /** Returns what tells of mirrors and replication. */
    final Management open() throws IOException {
        return login.open(ManagedPart.MIRRORS, registry);
    }

    final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    final void err(String sentence) {
        spec.commandLine().getErr().println(Text.printable(sentence));
        spec.commandLine().getErr().flush();
    }

    final void print(JsonNode content) throws IOException {
        out().println(MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(content));
        out().flush();
    }

    final void say(String sentence) {
        out().println(Text.printable(sentence));
        out().flush();
    }
}
