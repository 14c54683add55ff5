package dev.berth.examples.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A command line of berth.jar, as a user types it, with the environment and the heap that it gets. Not thread-safe. */
final class BerthCommand {
    private final List<String> arguments = new ArrayList<>();
    private final Map<String, String> environment = new TreeMap<>();
    private final List<String> launcher = new ArrayList<>();
    private String heap = "256m";
    private Path directory = Path.of("").toAbsolutePath();

    private BerthCommand(List<String> arguments) {
        this.arguments.addAll(arguments);
    }

    static BerthCommand of(String... arguments) {
        return new BerthCommand(List.of(arguments));
    }

    /** Serves on a free port of the loopback interface. */
    static BerthCommand serve(Path storage) {
        return serve(storage.toString());
    }

    static BerthCommand serve(String storage) {
        return of("serve", "--listen", "127.0.0.1:0", "--storage", storage);
    }

    static BerthCommand serveFromMemory() {
        return of("serve", "--listen", "127.0.0.1:0", "--storage", "memory:");
    }

    BerthCommand with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    BerthCommand withDeletion() {
        return with("REGISTRY_STORAGE_DELETE_ENABLED", "true");
    }

    /** As {@code -Xmx} takes it. */
    BerthCommand heap(String most) {
        heap = most;
        return this;
    }

    /** For the superuser too, nothing may be read or written then that its permissions do not allow. */
    BerthCommand heedingPermissions() {
        if ("root".equals(System.getProperty("user.name"))) {
            Programs.assumeInstalled("setpriv");
            launcher.addAll(List.of(Programs.path("setpriv"), "--bounding-set=-dac_override,-dac_read_search"));
        }
        return this;
    }

    BerthCommand in(Path workingDirectory) {
        directory = workingDirectory;
        return this;
    }

    /** Starts a server and waits until it says that it is ready. */
    BerthProcess start() throws IOException, InterruptedException {
        return BerthProcess.ready(launch());
    }

    /** Lets another program read what it prints. */
    BerthCommand pipedInto(String program) {
        launcher.addAll(0, List.of("sh", "-c", "\"$@\" | " + program, "sh"));
        return this;
    }

    /** Runs a command that ends by itself. */
    ChildProcess.Outcome run() throws IOException, InterruptedException {
        try (ChildProcess child = launch()) {
            return child.awaitExit();
        }
    }

    /** Starts a command, and waits for nothing. */
    ChildProcess launch() throws IOException {
        Path jar = Path.of(System.getProperty("berth.jar", "target/berth.jar")).toAbsolutePath();
        assertThat(jar).as("the jar under test, made by mvn package").isRegularFile();
        List<String> command = new ArrayList<>(launcher);
        command.addAll(List.of(java(), "-Xmx" + heap, "-jar", jar.toString()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        inEnvironment(builder);
        return ChildProcess.start(builder);
    }

    /** Gives another program the environment that this command has. */
    void inEnvironment(ProcessBuilder builder) {
        // Nothing of the machine's own settings reaches the server, nor what a JVM prints because of them.
        builder.environment()
                .keySet()
                .removeIf(name -> name.startsWith("REGISTRY_") || name.startsWith("AWS_") || name.endsWith("_OPTIONS"));
        builder.environment().putAll(environment);
    }

    /** The JVM that runs the test also runs the server. */
    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
