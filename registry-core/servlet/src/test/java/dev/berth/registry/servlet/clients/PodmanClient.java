package dev.berth.registry.servlet.clients;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.berth.registry.fixtures.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** podman, as root, with a storage of its own. */
final class PodmanClient implements ImageClient {
    private final Programs programs;
    private final Path directory;
    private final List<String> transport;

    PodmanClient(Programs programs, Path directory, Optional<Path> authority) throws IOException {
        assumeTrue(
                Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid")),
                "podman's storage needs root");
        this.programs = programs;
        this.directory = directory;
        this.transport = authority.isPresent()
                ? List.of(
                        "--cert-dir",
                        ImageProgram.certificates(directory, authority.get()).toString())
                : List.of("--tls-verify=false");
    }

    @Override
    public void pull(String image) throws IOException, InterruptedException {
        podman("pull", transport, image);
    }

    @Override
    public void push(String pulled, String target) throws IOException, InterruptedException {
        podman("push", transport, pulled, target);
    }

    @Override
    public void forget(String pulled) throws IOException, InterruptedException {
        podman("rmi", List.of(), pulled);
    }

    private void podman(String command, List<String> options, String... arguments)
            throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(
                "podman",
                "--storage-driver",
                "vfs",
                "--root",
                directory.resolve("podman").toString(),
                "--runroot",
                directory.resolve("podman-run").toString(),
                command));
        all.addAll(options);
        all.addAll(List.of(arguments));
        programs.run(all);
    }
}
