package dev.berth.examples.standalone.programs;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Runs podman, as root, with a storage of its own that pulls the missing parts of layers only. */
public final class Podman {
    private final Path configuration;
    private final Map<String, String> environment = new TreeMap<>();

    private Podman(Path configuration) {
        this.configuration = configuration;
    }

    /** Skips the test where podman is missing or cannot have a storage here. */
    public static Podman in(Path directory) throws IOException, InterruptedException {
        Programs.assumeInstalled("podman");
        Programs.assumeRoot();
        Path configuration = Files.writeString(directory.resolve("storage.conf"), """
                [storage]
                driver = "overlay"
                graphroot = "%1$s/graph"
                runroot = "%1$s/run"
                [storage.options]
                pull_options = {enable_partial_images = "true", use_hard_links = "false", ostree_repos = ""}
                [storage.options.overlay]
                skip_mount_home = "true"
                """.formatted(directory));
        Podman podman = new Podman(configuration);
        ChildProcess.Outcome info = podman.tryRun("info");
        assumeTrue(info.exitCode() == 0, () -> "podman cannot have a storage here: " + info);
        return podman;
    }

    public Podman with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** Runs a command, which must succeed. */
    public void run(String... arguments) throws IOException, InterruptedException {
        tryRun(arguments).successful();
    }

    /** Runs a command. */
    public ChildProcess.Outcome tryRun(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(Programs.path("podman")));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("CONTAINERS_STORAGE_CONF", configuration.toString());
        // Its credentials are private to the test.
        builder.environment()
                .put(
                        "REGISTRY_AUTH_FILE",
                        configuration.resolveSibling("auth.json").toString());
        builder.environment().putAll(environment);
        try (ChildProcess podman = ChildProcess.start(builder)) {
            return podman.awaitExit();
        }
    }
}
