package dev.berth.examples.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A Docker Engine of the test's own, without a network. */
final class DockerEngine implements AutoCloseable {
    private final Path directory;
    private final Process process;

    private DockerEngine(Path directory, Process process) {
        this.directory = directory;
        this.process = process;
    }

    /** Starts one, as root, in a directory with a short name: the system takes no long ones for sockets. */
    static DockerEngine start() throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("de");
        Path log = directory.resolve("log");
        Process process = new ProcessBuilder(
                        "dockerd",
                        "--iptables=false",
                        "--ip6tables=false",
                        "--bridge=none",
                        "--storage-driver=vfs",
                        "--host=" + socket(directory),
                        "--data-root=" + directory.resolve("d"),
                        "--exec-root=" + directory.resolve("x"),
                        "--pidfile=" + directory.resolve("pid"))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        DockerEngine engine = new DockerEngine(directory, process);
        while (!Files.readString(log).contains("API listen on")) {
            if (process.waitFor(100, TimeUnit.MILLISECONDS)) {
                String told = Files.readString(log);
                engine.close();
                throw new IOException("The Docker Engine does not start here:\n" + told);
            }
        }
        return engine;
    }

    private static String socket(Path directory) {
        return "unix://" + directory.resolve("s");
    }

    /** Runs a docker command that has to succeed, and returns what it printed. */
    String docker(String... arguments) throws IOException, InterruptedException {
        return Programs.run(Stream.concat(Stream.of("docker", "--host", socket(directory)), Arrays.stream(arguments))
                .toArray(String[]::new));
    }

    /** Ends the engine and removes everything that it has. */
    @Override
    public void close() throws IOException, InterruptedException {
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        Programs.run("rm", "-rf", "--one-file-system", directory.toString());
    }
}
