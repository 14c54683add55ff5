package dev.berth.examples.standalone.programs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A command line of berth.jar, with its environment and heap size. Not thread-safe. */
public final class BerthCommand {
    private final List<String> arguments = new ArrayList<>();
    private final Map<String, String> environment = new TreeMap<>();
    private final List<String> launcher = new ArrayList<>();
    private String heap = "256m";
    private Path directory = Path.of("").toAbsolutePath();

    private BerthCommand(List<String> arguments) {
        this.arguments.addAll(arguments);
    }

    public static BerthCommand of(String... arguments) {
        return new BerthCommand(List.of(arguments));
    }

    /** Serves on a free port of the loopback interface. */
    public static BerthCommand serve(Path storage) {
        return serve(storage.toString());
    }

    public static BerthCommand serve(String storage) {
        return of("serve", "--listen", "127.0.0.1:0", "--storage", storage);
    }

    public static BerthCommand serveFromMemory() {
        return of("serve", "--listen", "127.0.0.1:0", "--storage", "memory:");
    }

    public BerthCommand with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    public BerthCommand withDeletion() {
        return with("REGISTRY_STORAGE_DELETE_ENABLED", "true");
    }

    /** Sets the maximum heap size, in the syntax of {@code -Xmx}. */
    public BerthCommand heap(String most) {
        heap = most;
        return this;
    }

    /** Runs without the capabilities that let root bypass file permissions. */
    public BerthCommand withoutRootPrivileges() {
        if ("root".equals(System.getProperty("user.name"))) {
            Programs.assumeInstalled("setpriv");
            launcher.addAll(List.of(
                    Programs.path("setpriv"), "--bounding-set=-dac_override,-dac_read_search,-net_bind_service"));
        }
        return this;
    }

    /** Runs with a network that has nothing, and the settings of the system for a new one. Skips unless root asks for it. */
    public BerthCommand withoutNetwork() {
        Programs.assumeInstalled("unshare");
        assumeThat(System.getProperty("user.name"))
                .as("Only root can run a program without network")
                .isEqualTo("root");
        launcher.addAll(0, List.of(Programs.path("unshare"), "--net"));
        return this;
    }

    public BerthCommand in(Path workingDirectory) {
        directory = workingDirectory;
        return this;
    }

    /** Starts a server and waits until it is ready. */
    public BerthProcess start() throws IOException, InterruptedException {
        return BerthProcess.ready(launch(serverOptions()));
    }

    /** Gives the content of a file as standard input; without it, there is none. */
    public BerthCommand reading(Path file) {
        launcher.addAll(0, List.of("sh", "-c", "exec \"$@\" < '" + file + "'", "sh"));
        return this;
    }

    /** Pipes standard output into a shell command. */
    public BerthCommand pipedTo(String program) {
        launcher.addAll(0, List.of("sh", "-c", "\"$@\" | " + program, "sh"));
        return this;
    }

    /** Gives the command something to read from standard input. */
    public BerthCommand reading(String input) {
        environment.put("INPUT", input);
        launcher.addAll(0, List.of("sh", "-c", "printf %s \"$INPUT\" | \"$@\"", "sh"));
        return this;
    }

    /** Runs a command and waits for its end. */
    public ChildProcess.Outcome run() throws IOException, InterruptedException {
        try (ChildProcess child = launch()) {
            return child.awaitExit();
        }
    }

    /** Starts a command without waiting. */
    public ChildProcess launch() throws IOException {
        List<String> options = new ArrayList<>(archive().options());
        // A short command ends before the optimising compiler pays off.
        options.add("-XX:TieredStopAtLevel=1");
        return launch(options);
    }

    private ChildProcess launch(List<String> options) throws IOException {
        List<String> command = new ArrayList<>(launcher);
        command.addAll(List.of(java(), "-Xmx" + heap));
        command.addAll(options);
        command.addAll(List.of("-jar", jar().toString()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        applyEnvironment(builder);
        return ChildProcess.start(builder);
    }

    static Path jar() {
        Path jar = Path.of(System.getProperty("berth.jar", "target/berth.jar")).toAbsolutePath();
        assertThat(jar).as("the jar under test, made by mvn package").isRegularFile();
        return jar;
    }

    /** Returns the options for a JVM that runs this command for a longer time. */
    public List<String> serverOptions() {
        return archive().options();
    }

    private StartupArchive archive() {
        if (arguments.stream().anyMatch(argument -> argument.startsWith("s3://"))) {
            return StartupArchive.ofBuckets();
        }
        return arguments.contains("serve") ? StartupArchive.ofServer() : StartupArchive.ofCommands();
    }

    /** Applies the environment of this command to another program. */
    public void applyEnvironment(ProcessBuilder builder) {
        isolate(builder);
        builder.environment().putAll(environment);
    }

    static void isolate(ProcessBuilder builder) {
        // Isolates the process from settings of this machine, and from JVM options, which a JVM echoes.
        builder.environment()
                .keySet()
                .removeIf(name -> name.startsWith("REGISTRY_") || name.startsWith("AWS_") || name.endsWith("_OPTIONS"));
    }

    /** The JVM that runs the test also runs the server. */
    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
