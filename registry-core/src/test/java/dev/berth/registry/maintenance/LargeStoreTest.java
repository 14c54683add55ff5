package dev.berth.registry.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.maintenance.CollectionDetail.Kind;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * A collection of everything needs no memory for what is stored. {@code -Dberth.large.blobs=10000000} with a heap of 256 MB is
 * the proof; a small store shows that it works.
 */
class LargeStoreTest {
    @Test
    void everythingIsLookedAtInConstantMemory() {
        check(Long.getLong("berth.large.blobs", 5_000));
    }

    private static void check(long blobs) {
        SyntheticStore store = new SyntheticStore(blobs);
        Garage.MovingClock clock = new Garage.MovingClock();
        Garage garage = new Garage(clock, store, CollectionOptions.builder());
        CollectionReport report = garage.collector.complete(CollectionScope.EVERYTHING);
        long garbage = (blobs + SyntheticStore.GARBAGE_EACH - 1) / SyntheticStore.GARBAGE_EACH;
        assertThat(report.count(Kind.REMOVED)).isEqualTo(garbage);
        assertThat(store.deletedData()).isEqualTo((int) garbage);
    }

    /** Runs it alone, and prints how long it took. */
    public static void main(String[] arguments) {
        long begun = System.nanoTime();
        check(Long.parseLong(arguments[0]));
        System.out.println(arguments[0] + " blobs in "
                + Duration.ofNanos(System.nanoTime() - begun).toSeconds() + " s within a heap of "
                + Runtime.getRuntime().maxMemory() / 1024 / 1024 + " MiB");
    }
}
