package dev.berth.examples.standalone.collection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.BlobSource;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.engine.StorageOptions;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.maintenance.CollectionOptions;
import dev.berth.registry.maintenance.CollectionScope;
import dev.berth.registry.maintenance.Collector;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.fs.FileObjectStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One collection gives back the space of what was deleted. {@code berth.it.images} says of how many images. */
@org.junit.jupiter.api.Tag("any-jdk")
class FreedSpaceIT {
    private static final int IMAGES =
            Integer.getInteger("berth.it.images", Boolean.getBoolean("berth.it.long") ? 3_000 : 400);
    private static final int LAYER = 3_000;
    private static final int THREADS = 8;
    private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";

    @TempDir
    Path directory;

    @Test
    void bytesOfDeletedImagesComeBack() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        StorageOptions options =
                StorageOptions.builder().undelete(Duration.ZERO).build();
        CollectionOptions collection = CollectionOptions.builder()
                .grace(Duration.ofSeconds(1))
                .executor(threads, THREADS)
                .build();
        try (ObjectStore store = FileObjectStore.open(directory);
                StorageRegistry registry = StorageRegistry.over(store, options);
                Collector collector = Collector.over(store, collection)) {
            Digest[] images = new Digest[IMAGES];
            each(threads, 1, i -> images[i] = push(repository(registry, i), i));
            long before = size();
            each(threads, 2, i -> repository(registry, i).manifests().delete(images[i]));

            collector.complete(CollectionScope.CHANGED);

            assertThat(size()).isLessThan(before * 52 / 100);
            for (int i = 0; i < IMAGES; i++) {
                boolean present =
                        repository(registry, i).manifests().find(images[i]).isPresent();
                assertThat(present).isEqualTo(i % 2 == 1);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static void each(ExecutorService threads, int step, IntConsumer work) throws Exception {
        List<Future<?>> working = new ArrayList<>();
        for (int i = 0; i < IMAGES; i += step) {
            int number = i;
            working.add(threads.submit(() -> work.accept(number)));
        }
        for (Future<?> future : working) {
            future.get();
        }
    }

    private static Repository repository(StorageRegistry registry, int image) {
        return registry.repository(RepositoryName.parse("team/app-" + image % 20));
    }

    private static Digest push(Repository repository, int number) {
        byte[] layer = new byte[LAYER];
        new Random(number).nextBytes(layer);
        Descriptor layerBlob = repository.blobs().push(BlobSource.of(layer));
        Descriptor config =
                repository.blobs().push(BlobSource.of(("{\"n\":" + number + "}").getBytes(StandardCharsets.UTF_8)));
        String manifest = """
                {"schemaVersion":2,"mediaType":"%s",
                "config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"%s","size":%d},
                "layers":[{"mediaType":"application/vnd.oci.image.layer.v1.tar","digest":"%s","size":%d}]}""".formatted(MANIFEST, config.digest(), config.size(), layerBlob.digest(), layerBlob.size());
        return repository
                .manifests()
                .put(Manifest.of(MANIFEST, manifest.getBytes(StandardCharsets.UTF_8)), Tag.parse("n" + number))
                .descriptor()
                .digest();
    }

    /** Returns the bytes of data and links. */
    private long size() throws IOException {
        try (var files = Files.walk(directory.resolve("docker"))) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }
}
