package dev.berth.examples.standalone.clients;

import dev.berth.examples.standalone.content.OciLayout;
import dev.berth.examples.standalone.content.TestImage;
import dev.berth.examples.standalone.programs.ChildProcess.Outcome;
import dev.berth.examples.standalone.programs.Podman;
import java.io.IOException;
import java.nio.file.Path;

/** podman, with a storage of its own. */
final class PodmanClient implements Client {
    private static final String TLS = "--tls-verify=false";

    private final Podman podman;
    private final String image;

    PodmanClient(Path directory) throws IOException, InterruptedException {
        this.podman = Podman.in(directory);
        OciLayout layout = OciLayout.write(directory.resolve("image"), "it", TestImage.random(1, 2, 1000));
        this.image = podman.tryRun("pull", "--quiet", "oci:" + layout.directory() + ":it")
                .successful()
                .out()
                .strip();
    }

    @Override
    public Outcome login(String host, String user, String password) throws IOException, InterruptedException {
        return podman.tryRun("login", TLS, "--username", user, "--password", password, host);
    }

    @Override
    public Outcome logout(String host) throws IOException, InterruptedException {
        return podman.tryRun("logout", host);
    }

    @Override
    public Outcome pull(String image) throws IOException, InterruptedException {
        Outcome outcome = podman.tryRun("pull", "--quiet", TLS, image);
        if (outcome.exitCode() == 0) {
            podman.run("rmi", image);
        }
        return outcome;
    }

    @Override
    public Outcome push(String image) throws IOException, InterruptedException {
        return podman.tryRun("push", "--quiet", TLS, this.image, image);
    }
}
