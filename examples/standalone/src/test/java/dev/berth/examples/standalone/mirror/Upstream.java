package dev.berth.examples.standalone.mirror;

import dev.berth.examples.standalone.programs.DockerRegistryProcess;
import dev.berth.examples.standalone.programs.Programs;
import dev.berth.registry.Repository;
import dev.berth.registry.client.RemoteRegistry;
import java.io.IOException;
import java.nio.file.Path;

/** Docker's registry as an upstream registry, behind a proxy. */
final class Upstream implements AutoCloseable {
    private final DockerRegistryProcess docker;
    private final RemoteRegistry pusher;
    private final UpstreamProxy proxy;

    private Upstream(DockerRegistryProcess docker) throws IOException {
        this.docker = docker;
        this.pusher = RemoteRegistry.at(docker.hostAndPort());
        this.proxy = new UpstreamProxy(docker.hostAndPort());
    }

    static Upstream start(Path directory) throws IOException, InterruptedException {
        Programs.assumeInstalled("docker-registry");
        return new Upstream(DockerRegistryProcess.serve(directory));
    }

    /** The repository itself, to push to. */
    Repository repository() {
        return pusher.repository(UpstreamImage.REPOSITORY);
    }

    UpstreamProxy proxy() {
        return proxy;
    }

    @Override
    public void close() throws IOException {
        proxy.close();
        pusher.close();
        docker.close();
    }
}
