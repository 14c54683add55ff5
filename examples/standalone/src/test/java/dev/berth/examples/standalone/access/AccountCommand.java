package dev.berth.examples.standalone.access;

import dev.berth.examples.standalone.programs.BerthCommand;
import dev.berth.examples.standalone.programs.BerthProcess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Runs the commands that manage accounts. */
final class AccountCommand {
    private AccountCommand() {}

    /** Runs a command against a registry as somebody with a password, and returns what it prints. */
    static String run(BerthProcess server, String user, String password, String... command)
            throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(command));
        arguments.addAll(List.of("--registry", server.hostAndPort(), "--user", user, "--password-stdin"));
        return BerthCommand.of(arguments.toArray(String[]::new))
                .reading(password + "\n")
                .run()
                .successful()
                .out()
                .strip();
    }
}
