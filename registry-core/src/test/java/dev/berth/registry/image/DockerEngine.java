package dev.berth.registry.image;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A Docker Engine of one's own, without network, in a directory. Needs root. */
public final class DockerEngine implements AutoCloseable {
    private final Process process;
    private final Path socket;

    private DockerEngine(Process process, Path socket) {
        this.process = process;
        this.socket = socket;
    }

    /**
     * Starts an engine, or skips the test where that is not possible.
     *
     * @param options more options of {@code dockerd}
     */
    public static DockerEngine start(Path directory, String... options) throws IOException, InterruptedException {
        Programs.require("dockerd", "docker");
        assumeTrue(
                Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid")),
                "a Docker Engine needs root");
        Path home = Files.createDirectories(directory.resolve("engine"));
        Path socket = home.resolve("docker.sock");
        List<String> command = new ArrayList<>(List.of(
                "dockerd",
                "--iptables=false",
                "--bridge=none",
                "--storage-driver=vfs",
                "--host=unix://" + socket,
                "--data-root=" + home.resolve("data"),
                "--exec-root=" + home.resolve("exec"),
                "--pidfile=" + home.resolve("pid")));
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("log").toFile())
                .start();
        DockerEngine engine = new DockerEngine(process, socket);
        try {
            engine.awaitReady(home);
        } catch (IOException | InterruptedException | RuntimeException e) {
            engine.close();
            throw e;
        }
        return engine;
    }

    /** The client waits for nothing: it is asked until the engine answers. */
    private void awaitReady(Path home) throws IOException, InterruptedException {
        for (int attempt = 0; attempt < 600; attempt++) {
            assumeTrue(process.isAlive(), "the Docker Engine does not start here; see " + home.resolve("log"));
            Process asked = new ProcessBuilder("docker", "--host", host(), "version")
                    .redirectErrorStream(true)
                    .redirectOutput(home.resolve("version").toFile())
                    .start();
            if (asked.waitFor() == 0) {
                return;
            }
        }
        throw new IOException("The Docker Engine did not answer");
    }

    /** Returns the address for the client's {@code --host}. */
    public String host() {
        return "unix://" + socket;
    }

    /** Stops the engine. */
    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
