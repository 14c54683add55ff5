package dev.berth.examples.standalone.clients;

import dev.berth.examples.standalone.programs.ChildProcess.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** oras, which pushes files as artifacts, and pulls them. */
final class OrasClient implements Client {
    private static final String HTTP = "--plain-http";

    private final ContainerTool oras;
    private final Path directory;
    private final Path file;

    OrasClient(Path directory) throws IOException {
        this.directory = directory;
        this.oras = new ContainerTool(ContainerTool.home(directory), "oras");
        this.file = Files.writeString(directory.resolve("file.txt"), "content");
    }

    @Override
    public Outcome login(String host, String user, String password) throws IOException, InterruptedException {
        return oras.run("login", HTTP, "--username", user, "--password", password, host);
    }

    @Override
    public Outcome logout(String host) throws IOException, InterruptedException {
        return oras.run("logout", host);
    }

    @Override
    public Outcome pull(String image) throws IOException, InterruptedException {
        Path target = Files.createTempDirectory(directory, "pulled");
        return oras.run("copy", "--from-plain-http", "--to-oci-layout", image, target + ":it");
    }

    @Override
    public Outcome push(String image) throws IOException, InterruptedException {
        // Two uploads at a time that both fail with errors of different types are too much for oras 1.2: it panics.
        return oras.run("push", HTTP, "--concurrency", "1", "--disable-path-validation", image, file + ":text/plain");
    }
}
