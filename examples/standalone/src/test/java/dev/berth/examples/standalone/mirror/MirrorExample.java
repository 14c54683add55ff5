package dev.berth.examples.standalone.mirror;

import dev.berth.examples.standalone.programs.BerthCommand;
import dev.berth.examples.standalone.programs.BerthProcess;
import dev.berth.examples.standalone.programs.ChildProcess;
import dev.berth.examples.standalone.programs.DockerRegistryProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The example {@code examples/mirror}: its script with its configuration, and its files for clients. The addresses in them are
 * those of this test; all else is as it stands there.
 */
final class MirrorExample implements AutoCloseable {
    private static final Path FILES = Path.of(System.getProperty("berth.mirror"));
    private static final String ADDRESS = "localhost:5000";

    private final Path directory;
    private final BerthProcess berth;

    private MirrorExample(Path directory, BerthProcess berth) {
        this.directory = directory;
        this.berth = berth;
    }

    /**
     * Runs the example.
     *
     * @param directory for its storage and the files of clients
     */
    static MirrorExample start(Path directory, DockerRegistryProcess hub, DockerRegistryProcess registry)
            throws IOException, InterruptedException {
        Path config = copy(
                "berth.yml",
                directory,
                Map.of(
                        "https://hub.example", "http://" + hub.hostAndPort(),
                        "https://registry.example", "http://" + registry.hostAndPort()));
        ProcessBuilder builder = new ProcessBuilder(
                FILES.resolve("run").toString(),
                "--config",
                config.toString(),
                "--listen",
                "127.0.0.1:0",
                "--storage",
                directory.resolve("data").toString());
        BerthCommand command = BerthCommand.serve(directory);
        command.applyEnvironment(builder);
        builder.environment().put("BERTH_JAR", System.getProperty("berth.jar"));
        builder.environment().put("BERTH_JAVA_OPTIONS", "-Xmx256m " + String.join(" ", command.serverOptions()));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        // It has no login of this machine.
        builder.environment().put("DOCKER_CONFIG", directory.resolve("docker").toString());
        builder.environment().put("HOME", directory.toString());
        return new MirrorExample(directory, BerthProcess.ready(ChildProcess.start(builder)));
    }

    private static Path copy(String name, Path directory, Map<String, String> replacements) throws IOException {
        String text = Files.readString(FILES.resolve(name));
        for (Map.Entry<String, String> replacement : replacements.entrySet()) {
            if (!text.contains(replacement.getKey())) {
                throw new AssertionError(name + " has no " + replacement.getKey());
            }
            text = text.replace(replacement.getKey(), replacement.getValue());
        }
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    BerthProcess berth() {
        return berth;
    }

    /** Returns a copy of a file for clients that leads here. */
    Path file(String name) throws IOException {
        return copy(name, directory, Map.of(ADDRESS, address()));
    }

    /** Returns the address as clients on this machine write it. */
    String address() {
        return "localhost:" + berth.port();
    }

    @Override
    public void close() {
        berth.close();
    }
}
