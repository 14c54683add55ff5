package dev.berth.registry.maintenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Tag;
import dev.berth.registry.maintenance.CollectionDetail.Kind;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.storage.ObjectStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How fast a collection works, and how it is ended. */
class CollectionRateTest {
    private final Garage.MovingClock clock = new Garage.MovingClock();
    private final ObjectStore store = MemoryObjectStore.builder().clock(clock).build();

    private static void deleteImages(Garage garage, int images) {
        List<Manifest> pushed = IntStream.range(0, images)
                .mapToObj(i -> garage.images.image(garage.app, List.of(1000), Tag.parse("t" + i)))
                .toList();
        pushed.forEach(image -> garage.app.manifests().delete(image.digest()));
    }

    @Test
    void itWaitsForItsRateOfCalls() {
        Garage garage = new Garage(clock, store, CollectionOptions.builder().callsPerSecond(10));
        deleteImages(garage, 5);
        garage.pass(Garage.DUE);
        Instant begun = clock.instant();
        garage.collector.collect(CollectionScope.CHANGED);
        Duration slow = Duration.between(begun, clock.instant());
        assertThat(slow).isGreaterThan(Duration.ofSeconds(20));
    }

    @Test
    void itWaitsForItsRateOfBytes() {
        Garage garage = new Garage(clock, store, CollectionOptions.builder().bytesPerSecond(100));
        deleteImages(garage, 5);
        garage.pass(Garage.DUE);
        garage.collector.collect(CollectionScope.CHANGED);
        garage.pass(Garage.DUE);
        Instant begun = clock.instant();
        long removed = garage.collector.collect(CollectionScope.CHANGED).removedBytes();
        assertThat(Duration.between(begun, clock.instant()).toSeconds())
                .isBetween(removed / 100 - 20, removed / 100 + 5);
    }

    @Test
    void severalThreadsDoTheSame() {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            Garage garage = new Garage(clock, store, CollectionOptions.builder().executor(threads, 5));
            deleteImages(garage, 30);
            CollectionReport report = garage.collector.complete(CollectionScope.EVERYTHING);
            assertThat(report.count(Kind.REMOVED)).isEqualTo(30 * 3);
            assertThat(garage.keysWith("docker/")).isEmpty();
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aClosedOneEndsAtTheNextDigest() {
        Garage garage = new Garage(clock, store, CollectionOptions.builder());
        deleteImages(garage, 1);
        garage.pass(Garage.DUE);
        garage.collector.close();
        assertThatThrownBy(() -> garage.collector.collect(CollectionScope.CHANGED))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE));
    }

    @Test
    void twoCollectorsOverOneStoreRemoveEverythingOnce() {
        Garage first = new Garage(clock, store, CollectionOptions.builder());
        Garage second = new Garage(clock, store, CollectionOptions.builder());
        deleteImages(first, 3);
        first.pass(Garage.DUE);
        assertThat(first.collector.collect(CollectionScope.CHANGED).count(Kind.CONDEMNED))
                .isEqualTo(9);
        assertThat(second.collector.collect(CollectionScope.CHANGED).count(Kind.CONDEMNED))
                .isZero();
        first.pass(Garage.DUE);
        assertThat(second.collector.collect(CollectionScope.CHANGED).count(Kind.REMOVED))
                .isEqualTo(9);
        assertThat(first.collector.collect(CollectionScope.CHANGED).count(Kind.REMOVED))
                .isZero();
        assertThat(first.keysWith("docker/")).isEmpty();
    }
}
