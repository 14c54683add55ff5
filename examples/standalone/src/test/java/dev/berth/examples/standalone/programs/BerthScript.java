package dev.berth.examples.standalone.programs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The script {@code bin/berth}, run by the JVM that runs the test. Not thread-safe. */
public final class BerthScript {
    private final Path file;
    private final Map<String, String> environment = new TreeMap<>();
    private Path called;
    private Path directory = Path.of("").toAbsolutePath();

    private BerthScript(Path file) {
        assertThat(file).as("the script under test, made by mvn package").isExecutable();
        this.file = file;
        this.called = file;
        environment.put("JAVA_HOME", System.getProperty("java.home"));
    }

    /** Returns the script that the build has made. */
    public static BerthScript built() {
        return new BerthScript(BerthCommand.jar().resolveSibling("bin").resolve("berth"));
    }

    /** Copies script and jar into a new directory, without the archive. */
    public static BerthScript copiedTo(Path target) throws IOException {
        Path copy = Files.createDirectories(target.resolve("bin")).resolve("berth");
        Files.copy(built().file, copy);
        assertThat(copy.toFile().setExecutable(true)).isTrue();
        Files.copy(BerthCommand.jar(), target.resolve("berth.jar"));
        return new BerthScript(copy);
    }

    public Path file() {
        return file;
    }

    /** Returns where the archive of classes is, if there is one. */
    public Path archive() {
        return file.resolveSibling("../berth.jsa").normalize();
    }

    public BerthScript with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** Calls the script by another path. */
    public BerthScript at(Path path) {
        called = path;
        return this;
    }

    public BerthScript in(Path workingDirectory) {
        directory = workingDirectory;
        return this;
    }

    /** Runs a command and waits for its end. */
    public ChildProcess.Outcome run(String... arguments) throws IOException, InterruptedException {
        try (ChildProcess child = launch(Arrays.asList(arguments))) {
            return child.awaitExit();
        }
    }

    /** Serves on a free port of the loopback interface. */
    public BerthProcess serve(String... options) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("serve", "--listen", "127.0.0.1:0"));
        arguments.addAll(Arrays.asList(options));
        return BerthProcess.ready(launch(arguments));
    }

    private ChildProcess launch(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(called.toString()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        BerthCommand.isolate(builder);
        builder.environment().remove("JAVA_OPTS");
        builder.environment().putAll(environment);
        return ChildProcess.start(builder);
    }
}
