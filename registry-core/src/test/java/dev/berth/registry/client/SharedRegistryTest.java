package dev.berth.registry.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.BlobContent;
import dev.berth.registry.BlobSource;
import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.client.fixtures.Content;
import dev.berth.registry.client.fixtures.FlakyProxy;
import dev.berth.registry.client.fixtures.FlakyProxy.Fate;
import dev.berth.registry.client.fixtures.ServedRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many threads share one client while the network fails all the time. */
@Timeout(300)
final class SharedRegistryTest {
    private static final int THREADS = 64;
    private static final int ROUNDS = 12;

    private final AtomicInteger good = new AtomicInteger();
    private final AtomicInteger bad = new AtomicInteger();

    private static Fate fate(int connection) {
        Random random = new Random(connection);
        return switch (random.nextInt(6)) {
            case 0 -> Fate.cutDownloadAfter(random.nextInt(200_000));
            case 1 -> Fate.cutUploadAfter(random.nextInt(200_000));
            case 2 -> Fate.endDownloadAfter(random.nextInt(50_000));
            case 3 -> Fate.answer(random.nextBoolean() ? 502 : 429, "Retry-After: 0");
            case 4 -> Fate.corrupt(random.nextInt(100_000));
            default -> Fate.good();
        };
    }

    @Test
    void leavesNoConnectionInUse() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try (ServedRegistry server = new ServedRegistry();
                FlakyProxy network = new FlakyProxy(server.port(), SharedRegistryTest::fate);
                RemoteRegistry registry = RemoteRegistry.at(
                        network.address(),
                        RemoteOptions.builder()
                                .maxConnections(16)
                                .stallTimeout(Duration.ofSeconds(5))
                                .backoff(new Backoff(duration -> {}, () -> 0.5))
                                .build())) {
            Repository stored = server.stored().repository(RepositoryName.parse("team/base"));
            List<byte[]> blobs = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                blobs.add(Content.bytes(i, 150_000));
                Content.blob(stored, blobs.get(i));
            }
            Manifest image = Content.image(stored, 1);
            stored.manifests().put(image, Tag.parse("1"));

            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                int thread = i;
                all.add(threads.submit(() -> {
                    for (int round = 0; round < ROUNDS; round++) {
                        act(registry, blobs, image, new Random(thread * 1000L + round));
                    }
                    return null;
                }));
            }
            for (Future<?> each : all) {
                each.get();
            }

            assertThat(registry.connectionsInUse()).isZero();
            assertThat(good).hasValueGreaterThan(THREADS * ROUNDS / 2);
            assertThat(bad).hasPositiveValue();
            // And it still works.
            assertThat(registry.repository(stored.name()).tags().list()).containsExactly(Tag.parse("1"));
        } finally {
            threads.shutdownNow();
        }
    }

    /** Does something, which may fail, but with nothing else than what is said to be thrown, and never with wrong bytes. */
    private void act(RemoteRegistry registry, List<byte[]> blobs, Manifest image, Random random) {
        Repository repository = registry.repository(RepositoryName.parse("team/base"));
        byte[] blob = blobs.get(random.nextInt(blobs.size()));
        try {
            switch (random.nextInt(5)) {
                case 0 -> {
                    try (BlobContent content = repository.blobs().open(Digest.sha256(blob))) {
                        assertThat(content.stream().readAllBytes()).isEqualTo(blob);
                    }
                }
                case 1 -> {
                    try (BlobContent content = repository.blobs().open(Digest.sha256(blob))) {
                        content.stream().readNBytes(random.nextInt(1000));
                    }
                }
                case 2 -> {
                    byte[] own = Content.bytes(random.nextLong(), 100_000);
                    repository.blobs().push(Digest.sha256(own), BlobSource.of(own));
                }
                case 3 -> assertThat(repository.manifests().get(image.digest())).isEqualTo(image);
                default -> assertThat(repository.tags().list().toList()).contains(Tag.parse("1"));
            }
            good.incrementAndGet();
        } catch (RegistryException | IOException e) {
            bad.incrementAndGet();
        }
    }
}
