package dev.berth.registry.servlet.clients;

import dev.berth.registry.fixtures.Programs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** oras, which copies from and to a layout. */
final class OrasClient implements ImageClient {
    private final Programs programs;
    private final Optional<Path> authority;

    OrasClient(Programs programs, Optional<Path> authority) {
        this.programs = programs;
        this.authority = authority;
    }

    @Override
    public void pull(String image) throws IOException, InterruptedException {
        oras(List.of("--to-oci-layout"), "--from", image, "oras:image");
    }

    @Override
    public void push(String pulled, String target) throws IOException, InterruptedException {
        oras(List.of("--from-oci-layout"), "--to", "oras:image", target);
    }

    @Override
    public void forget(String pulled) throws IOException, InterruptedException {
        programs.run("rm", "-r", "oras");
    }

    private void oras(List<String> layout, String side, String from, String to)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("oras", "cp"));
        command.addAll(layout);
        command.addAll(authority
                // Otherwise there would be no TLS on the loopback interface.
                .map(file -> List.of(side + "-plain-http=false", side + "-ca-file", file.toString()))
                .orElse(List.of(side + "-plain-http")));
        command.addAll(List.of(from, to));
        programs.run(command);
    }
}
