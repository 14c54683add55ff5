package dev.berth.examples.standalone.programs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A private Docker Engine, and its docker command. */
public final class DockerEngine implements AutoCloseable {
    /** The longest path of a Unix socket, in bytes. */
    private static final int LONGEST_SOCKET = 107;

    private static final String LONGEST_NAME_BELOW = "x/containerd/containerd-debug.sock.ttrpc";

    private final Path directory;
    private final ChildProcess daemon;

    private DockerEngine(Path directory, ChildProcess daemon) {
        this.directory = directory;
        this.daemon = daemon;
    }

    /**
     * Starts an engine without a network, as root. Its directory is directly below the temporary directory, since paths of sockets are limited.
     *
     * @param options further options of dockerd
     */
    public static DockerEngine start(String... options) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("--bridge=none", "--storage-driver=vfs"));
        all.addAll(List.of(options));
        return start(all);
    }

    /**
     * Starts an engine that runs containers, and publishes their ports at this machine. Only one at a time may do so. It keeps
     * images as it likes best here.
     */
    public static DockerEngine startWithPorts() throws IOException, InterruptedException {
        return start(List.of("--userland-proxy=true"));
    }

    private static DockerEngine start(List<String> options) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("de");
        if (directory.resolve(LONGEST_NAME_BELOW).toString().length() > LONGEST_SOCKET) {
            Files.delete(directory);
            throw new IOException("The name of " + directory + " is too long for a Docker Engine's sockets below it");
        }
        List<String> command = new ArrayList<>(List.of(
                Programs.path("dockerd"),
                "--iptables=false",
                "--ip6tables=false",
                "--host=" + socket(directory),
                "--data-root=" + directory.resolve("d"),
                "--exec-root=" + directory.resolve("x"),
                "--pidfile=" + directory.resolve("pid")));
        command.addAll(options);
        DockerEngine engine = new DockerEngine(directory, ChildProcess.start(new ProcessBuilder(command)));
        try {
            engine.daemon.err().awaitLine("API", line -> line.contains("API listen on"), ChildProcess.TIMEOUT);
            return engine;
        } catch (AssertionError e) {
            engine.close();
            throw e;
        }
    }

    private static String socket(Path directory) {
        return "unix://" + directory.resolve("s");
    }

    /** Runs a docker command, which must succeed, and returns its trimmed output. */
    public String docker(String... arguments) throws IOException, InterruptedException {
        return tryDocker(arguments).successful().out().strip();
    }

    public ChildProcess.Outcome tryDocker(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Programs.path("docker"), "--config", directory.resolve("c").toString(), "--host", socket(directory)));
        command.addAll(Arrays.asList(arguments));
        return ChildProcess.run(command);
    }

    /** Returns what the docker command keeps of logins. */
    public String credentials() throws IOException {
        return Files.readString(directory.resolve("c/config.json"));
    }

    /** Returns the socket of the engine's containerd. */
    public Path containerd() {
        return directory.resolve("x/containerd/containerd.sock");
    }

    /** Stops the engine and deletes its data. */
    @Override
    public void close() throws IOException, InterruptedException {
        try (daemon) {
            daemon.terminate();
            daemon.awaitExit();
        }
        try (Stream<Path> everything = Files.walk(directory)) {
            for (Path path : everything.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
