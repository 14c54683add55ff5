package dev.berth.registry.servlet.clients;

import dev.berth.registry.fixtures.DockerEngine;
import dev.berth.registry.fixtures.Programs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The docker command with a Docker Engine, for which whatever is on the loopback interface is trustworthy. */
final class DockerClient implements ImageClient {
    private final Programs programs;
    private final DockerEngine engine;

    DockerClient(Programs programs, DockerEngine engine) {
        this.programs = programs;
        this.engine = engine;
    }

    @Override
    public void pull(String image) throws IOException, InterruptedException {
        docker("pull", image);
    }

    @Override
    public void push(String pulled, String target) throws IOException, InterruptedException {
        docker("tag", pulled, target);
        docker("push", target);
        docker("rmi", target);
    }

    @Override
    public void forget(String pulled) throws IOException, InterruptedException {
        docker("rmi", pulled);
    }

    private void docker(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("docker", "--host", engine.host()));
        command.addAll(List.of(arguments));
        programs.run(command);
    }
}
