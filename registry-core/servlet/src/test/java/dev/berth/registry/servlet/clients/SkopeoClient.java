package dev.berth.registry.servlet.clients;

import dev.berth.registry.fixtures.Programs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** skopeo, which copies from and to a directory. */
final class SkopeoClient implements ImageClient {
    private final Programs programs;
    private final Optional<Path> certificates;

    SkopeoClient(Programs programs, Path directory, Optional<Path> authority) throws IOException {
        this.programs = programs;
        this.certificates = authority.isPresent()
                ? Optional.of(ImageProgram.certificates(directory, authority.get()))
                : Optional.empty();
    }

    @Override
    public void pull(String image) throws IOException, InterruptedException {
        programs.run("skopeo", "--insecure-policy", "copy", transport("src"), "docker://" + image, "dir:skopeo");
    }

    @Override
    public void push(String pulled, String target) throws IOException, InterruptedException {
        programs.run("skopeo", "--insecure-policy", "copy", transport("dest"), "dir:skopeo", "docker://" + target);
    }

    @Override
    public void forget(String pulled) throws IOException, InterruptedException {
        programs.run("rm", "-r", "skopeo");
    }

    private String transport(String side) {
        return certificates
                .map(directory -> "--" + side + "-cert-dir=" + directory)
                .orElse("--" + side + "-tls-verify=false");
    }
}
