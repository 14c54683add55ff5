package dev.berth.examples.standalone.clients;

import dev.berth.examples.standalone.content.TarArchive;
import dev.berth.examples.standalone.programs.ChildProcess.Outcome;
import dev.berth.examples.standalone.programs.DockerEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** The docker command with a Docker Engine, which asks for tokens by GET. */
final class DockerClient implements Client {
    private final DockerEngine engine;
    private final String image;

    DockerClient(DockerEngine engine, Path directory) throws IOException, InterruptedException {
        this.engine = engine;
        Path tar = directory.resolve("rootfs.tar");
        Files.write(tar, new TarArchive().file("file", new byte[1000]).bytes());
        // Another one for each client, since all share the engine.
        this.image = "local:" + UUID.randomUUID();
        engine.docker("import", tar.toString(), image);
    }

    @Override
    public Outcome login(String host, String user, String password) throws IOException, InterruptedException {
        return engine.tryDocker("login", "--username", user, "--password", password, host);
    }

    @Override
    public Outcome logout(String host) throws IOException, InterruptedException {
        return engine.tryDocker("logout", host);
    }

    @Override
    public Outcome pull(String image) throws IOException, InterruptedException {
        Outcome outcome = engine.tryDocker("pull", image);
        if (outcome.exitCode() == 0) {
            engine.docker("rmi", image);
        }
        return outcome;
    }

    @Override
    public Outcome push(String image) throws IOException, InterruptedException {
        engine.docker("tag", this.image, image);
        try {
            return engine.tryDocker("push", image);
        } finally {
            engine.docker("rmi", image);
        }
    }
}
