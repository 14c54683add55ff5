package dev.berth.examples.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.examples.benchmarks.server.Server;
import dev.berth.registry.Registry;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.server.RegistryServer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PushLoadTest {
    private final MemoryObjectStore store = MemoryObjectStore.create();
    private final Registry registry = StorageRegistry.over(store);
    private final RegistryServer server;

    PushLoadTest() throws IOException {
        server = RegistryServer.builder(registry).build().start();
    }

    @AfterEach
    void close() throws IOException {
        server.close();
        registry.close();
        store.close();
    }

    @Test
    void allImagesThatAreCountedAreThere() throws Exception {
        Load load = PushLoad.images(uri(), 3, Duration.ofMillis(100));

        long tags = registry.repositories().stream()
                .flatMap(name -> registry.repository(name).tags().list().stream())
                .count();
        assertThat(load.errors()).isZero();
        assertThat(load.operations()).isEqualTo(tags).isGreaterThanOrEqualTo(3);
        assertThat(load.bytes()).isEqualTo(tags * 5 * 20_480);
    }

    @Test
    void asManyLargeBlobsArePushedAsAreAskedFor() throws Exception {
        Load load = PushLoad.blobs(uri(), 2, 100_000, 5);

        assertThat(load.operations()).isEqualTo(5);
        assertThat(load.bytes()).isEqualTo(500_000);
        assertThat(store.usedBytes()).isGreaterThan(500_000);
    }

    @Test
    void theSampleImageIsReadBack() throws Exception {
        new SampleImage(50_000).push(new Server(uri(), Optional.empty(), Optional.empty(), Duration.ZERO));

        assertThat(registry.repositories()).containsExactly(RepositoryName.parse("bench/app"));
    }

    @Test
    void aPageIsTakenFromTheMiddle() throws Exception {
        Entries.fill(new Server(uri(), Optional.empty(), Optional.empty(), Duration.ZERO), 10);

        try (Pusher pusher = new Pusher(uri())) {
            assertThat(new String(pusher.get(Entries.tagsPath(10))))
                    .contains("t0000005")
                    .doesNotContain("t0000004");
            assertThat(new String(pusher.get(Entries.repositoriesPath(10))))
                    .contains("listed/r0000005")
                    .doesNotContain("listed/r0000004");
        }
    }

    private URI uri() {
        return server.uri();
    }
}
