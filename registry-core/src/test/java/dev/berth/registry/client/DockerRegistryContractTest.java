package dev.berth.registry.client;

import dev.berth.registry.Registry;
import dev.berth.registry.client.fixtures.DockerRegistry;
import dev.berth.registry.contract.RegistryContract;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The contract of registries against Docker's own registry, as far as that goes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DockerRegistryContractTest extends RegistryContract {
    private DockerRegistry docker;
    private RemoteRegistry remote;

    @BeforeAll
    void start(@TempDir Path directory) throws IOException {
        docker = DockerRegistry.start(directory);
        remote = connect();
    }

    @AfterAll
    void stop() {
        remote.close();
        docker.close();
    }

    private RemoteRegistry connect() {
        return RemoteRegistry.at(docker.address());
    }

    @Override
    protected Registry registry() {
        return remote;
    }

    @Override
    protected Optional<Registry> elsewhere() {
        return Optional.of(connect());
    }

    @Override
    protected boolean supportsMountFromAnyReadable() {
        return false;
    }

    @Override
    protected boolean supportsMountFromAny() {
        return false;
    }

    @Override
    protected boolean supportsTagDelete() {
        return false;
    }

    @Override
    protected boolean reportsDeletedTags() {
        return false;
    }

    @Override
    protected boolean supportsTagConditions() {
        return false;
    }
}
