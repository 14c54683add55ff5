package dev.berth.examples.standalone.clients;

import dev.berth.examples.standalone.programs.ChildProcess;
import dev.berth.examples.standalone.programs.ChildProcess.Outcome;
import dev.berth.examples.standalone.programs.Programs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs a program with an environment of its own, so that it finds no credentials of this machine. */
final class ContainerTool {
    private final List<String> start;
    private final Map<String, String> environment;

    ContainerTool(Map<String, String> environment, String program, String... options) {
        this.environment = Map.copyOf(environment);
        this.start = new ArrayList<>(List.of(Programs.path(program)));
        this.start.addAll(List.of(options));
    }

    /** Returns an environment in which a directory is the home, with all that programs keep there. */
    static Map<String, String> home(Path directory) {
        return Map.of(
                "HOME",
                directory.toString(),
                "DOCKER_CONFIG",
                directory.resolve("docker").toString(),
                "REGISTRY_AUTH_FILE",
                directory.resolve("auth.json").toString());
    }

    Outcome run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(start);
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        try (ChildProcess child = ChildProcess.start(builder)) {
            return child.awaitExit();
        }
    }
}
