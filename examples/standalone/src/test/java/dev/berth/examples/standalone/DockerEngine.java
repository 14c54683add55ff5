package dev.berth.examples.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A Docker Engine of the test's own, without a network, and the docker command for it. */
final class DockerEngine {
    /** The system takes no longer name for a socket. */
    private static final int LONGEST_SOCKET = 107;

    private static final String LONGEST_NAME_BELOW = "x/containerd/containerd-debug.sock.ttrpc";

    private final Path directory;
    private final ChildProcess daemon;

    private DockerEngine(Path directory, ChildProcess daemon) {
        this.directory = directory;
        this.daemon = daemon;
    }

    /** Starts one, as root, in a directory directly below the system's temporary one: its sockets need short names. */
    static DockerEngine start() throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("de");
        if (directory.resolve(LONGEST_NAME_BELOW).toString().length() > LONGEST_SOCKET) {
            Files.delete(directory);
            throw new IOException("The name of " + directory + " is too long for a Docker Engine's sockets below it");
        }
        ProcessBuilder builder = new ProcessBuilder(
                Programs.path("dockerd"),
                "--iptables=false",
                "--ip6tables=false",
                "--bridge=none",
                "--storage-driver=vfs",
                "--host=" + socket(directory),
                "--data-root=" + directory.resolve("d"),
                "--exec-root=" + directory.resolve("x"),
                "--pidfile=" + directory.resolve("pid"));
        DockerEngine engine = new DockerEngine(directory, ChildProcess.start(builder));
        try {
            engine.daemon.err().awaitLine("API", line -> line.contains("API listen on"), ChildProcess.PATIENCE);
            return engine;
        } catch (AssertionError e) {
            engine.stop();
            throw e;
        }
    }

    private static String socket(Path directory) {
        return "unix://" + directory.resolve("s");
    }

    /** Runs a docker command that has to succeed: what it printed, without white space at the ends. */
    String docker(String... arguments) throws IOException, InterruptedException {
        return tryDocker(arguments).successful().out().strip();
    }

    ChildProcess.Outcome tryDocker(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Programs.path("docker"), "--config", directory.resolve("c").toString(), "--host", socket(directory)));
        command.addAll(Arrays.asList(arguments));
        return ChildProcess.run(command);
    }

    /** Ends the engine and removes everything that it has. */
    void stop() throws IOException, InterruptedException {
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
