package dev.berth.registry.servlet.clients;

import dev.berth.registry.fixtures.Programs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** crane, which keeps an image as a layout. It looks for TLS first, on the loopback interface as well. */
final class CraneClient implements ImageClient {
    private final Programs programs;
    private final List<String> command;

    CraneClient(Programs programs, Path crane, Path directory, Optional<Path> authority) {
        this.programs = programs;
        this.command = List.of(
                "env",
                "DOCKER_CONFIG=" + directory,
                "SSL_CERT_FILE=" + authority.map(Path::toString).orElse(""),
                crane.toString());
    }

    @Override
    public void pull(String image) throws IOException, InterruptedException {
        crane("pull", "--format=oci", image, "crane");
    }

    @Override
    public void push(String pulled, String target) throws IOException, InterruptedException {
        crane("push", "crane", target);
    }

    @Override
    public void forget(String pulled) throws IOException, InterruptedException {
        programs.run("rm", "-r", "crane");
    }

    private void crane(String... arguments) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(command);
        all.addAll(List.of(arguments));
        programs.run(all);
    }
}
