package dev.berth.registry.storage.fs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.BlobSource;
import dev.berth.registry.Blobs;
import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.engine.StorageOptions;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.maintenance.CollectionDetail.Kind;
import dev.berth.registry.maintenance.CollectionOptions;
import dev.berth.registry.maintenance.CollectionScope;
import dev.berth.registry.maintenance.Collector;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.PutCondition;
import dev.berth.registry.storage.StorageFullException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A collection can begin, and gives room back, where nothing else fits on the disk any more. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class FullDiskCollectionTest {
    private static final int MIB = 1024 * 1024;

    @TempDir
    private Path temp;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));

    @ParameterizedTest
    @EnumSource
    void itGivesRoomBack(CollectionScope scope) throws IOException {
        try (MemoryDisk disk = MemoryDisk.need(temp, "size=16m,nr_inodes=2000");
                FileObjectStore store = FileObjectStore.open(disk.directory());
                StorageRegistry registry = StorageRegistry.over(
                        store, StorageOptions.builder().clock(now::get).build());
                Collector collector = Collector.over(store, options())) {
            Blobs blobs = registry.repository(RepositoryName.parse("app")).blobs();
            byte[] content = new byte[6 * MIB];
            Digest blob = Digest.sha256(content);
            blobs.push(blob, BlobSource.of(content));
            fill(store);
            pass(Duration.ofHours(2));
            assertThat(collector.collect(scope).count(Kind.CONDEMNED)).isEqualTo(1);
            pass(Duration.ofHours(2));
            assertThat(collector.collect(scope).removedBytes()).isEqualTo(content.length);
            // The reserve takes some of it.
            byte[] smaller = new byte[3 * MIB];
            assertThat(blobs.push(Digest.sha256(smaller), BlobSource.of(smaller))
                            .size())
                    .isEqualTo(smaller.length);
        }
    }

    private CollectionOptions options() {
        return CollectionOptions.builder()
                .clock(now::get)
                .nanoTime(() -> Duration.between(Instant.EPOCH, now.get()).toNanos())
                .pause(this::pass)
                .build();
    }

    private void pass(Duration duration) {
        now.updateAndGet(before -> before.plus(duration));
    }

    private static void fill(FileObjectStore store) throws IOException {
        int number = 0;
        for (int size = 4 * MIB; size > 0; ) {
            try {
                store.put(ObjectKey.of("filler/" + number++), new byte[size], PutCondition.always());
            } catch (StorageFullException e) {
                size /= 4;
            }
        }
    }
}
