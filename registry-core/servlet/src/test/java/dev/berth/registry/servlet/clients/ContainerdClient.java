package dev.berth.registry.servlet.clients;

import dev.berth.registry.fixtures.DockerEngine;
import dev.berth.registry.fixtures.Programs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The containerd of a Docker Engine, by its command ctr. */
final class ContainerdClient implements ImageClient {
    private final Programs programs;
    private final DockerEngine engine;
    private final List<String> transport;

    ContainerdClient(Programs programs, DockerEngine engine, Optional<Path> authority) {
        this.programs = programs;
        this.engine = engine;
        this.transport =
                authority.map(file -> List.of("--tlscacert", file.toString())).orElse(List.of("--plain-http"));
    }

    @Override
    public void pull(String image) throws IOException, InterruptedException {
        ctr("pull", transport, "--snapshotter", "native", image);
    }

    @Override
    public void push(String pulled, String target) throws IOException, InterruptedException {
        ctr("push", transport, target, pulled);
    }

    @Override
    public void forget(String pulled) throws IOException, InterruptedException {
        ctr("rm", List.of(), "--sync", pulled);
    }

    private void ctr(String command, List<String> options, String... arguments)
            throws IOException, InterruptedException {
        List<String> all =
                new ArrayList<>(List.of("ctr", "--address", engine.containerd().toString(), "images", command));
        all.addAll(options);
        all.addAll(List.of(arguments));
        programs.run(all);
    }
}
