package dev.berth.registry.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.Tag;
import dev.berth.registry.internal.store.Keys;
import dev.berth.registry.internal.store.RepairReplay;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A registry serves while it completes the many deletions that an earlier process has left in the journal. */
@Timeout(60)
class ReplayBesideRequestsTest {
    private static final String JOURNAL = "_berth/index/repairs/";
    private static final int LEFT = 500;

    private final World world = new World();
    private final SettableClock clock = new SettableClock();
    private final ObjectStore store = MemoryObjectStore.create();

    @BeforeEach
    void leaveManyDeletions() throws IOException {
        try (StorageRegistry earlier = over(store)) {
            world.pushBlobs(earlier, world.app);
            Repository app = earlier.repository(world.app);
            app.manifests().put(world.first, world.latest);
            for (int i = 0; i < LEFT; i++) {
                Tag tag = Tag.parse("t" + i);
                app.tags().put(tag, world.first.digest());
                app.tags().delete(tag);
                clock.advance(Duration.ofMillis(1));
            }
        }
        assertThat(StoreCopies.keys(store, JOURNAL)).hasSizeGreaterThanOrEqualTo(LEFT);
    }

    private StorageRegistry over(ObjectStore where) {
        return StorageRegistry.over(where, StorageOptions.builder().clock(clock).build());
    }

    /** Lets the entries pass that the first call replays, and holds up the others until it is opened. */
    private static final class Gate extends InterceptedStore {
        private final CountDownLatch open = new CountDownLatch(1);
        private final CountDownLatch reached = new CountDownLatch(1);
        private final AtomicInteger entries = new AtomicInteger();
        private final int passing;

        Gate(ObjectStore store, int passing) {
            super(store);
            this.passing = passing;
        }

        @Override
        <T> T intercept(String operation, String name, Call<T> call) throws IOException {
            if (operation.equals("open") && name.startsWith(JOURNAL) && entries.incrementAndGet() > passing) {
                reached.countDown();
                try {
                    open.await();
                } catch (InterruptedException e) {
                    throw new InterruptedIOException("The gate was interrupted");
                }
            }
            return call.run();
        }
    }

    private Gate gate() {
        return new Gate(store, JournalReplay.FIRST_ENTRIES);
    }

    private void assertCompleteAfterMaintenance(StorageRegistry registry) throws IOException {
        clock.advance(RepairReplay.KEPT.plusMillis(1));
        assertThat(registry.maintain().completedDeletions()).isGreaterThanOrEqualTo(LEFT);
        assertThat(StoreCopies.keys(store, JOURNAL)).isEmpty();
    }

    @Test
    void requestsAreAnsweredWhileTheReplayIsHeldUp() throws Exception {
        Gate gate = gate();
        try (StorageRegistry registry = over(gate)) {
            Repository app = registry.repository(world.app);
            assertThat(app.tags().list()).containsExactly(world.latest);
            gate.reached.await();
            assertThat(app.manifests().get(world.latest)).isEqualTo(world.first);
            // What the journal is about may be pushed and deleted meanwhile.
            Tag pushed = Tag.parse("t0");
            app.manifests().put(world.second, pushed);
            app.tags().put(Tag.parse("t1"), world.second.digest());
            assertThat(app.tags().delete(Tag.parse("t1"))).isTrue();
            app.manifests().delete(world.first.digest());
            app.manifests().put(world.first, world.stable);
            assertThat(app.tags().list()).containsExactly(world.stable, pushed);

            gate.open.countDown();
            registry.maintain();
            assertThat(app.tags().list()).containsExactly(world.stable, pushed);
            assertThat(app.manifests().get(pushed)).isEqualTo(world.second);
            assertThat(registry.repositories()).containsExactly(world.app);
            assertCompleteAfterMaintenance(registry);
            assertThat(app.tags().list()).containsExactly(world.stable, pushed);
        }
    }

    /** What was in progress when a process died is among the newest entries, so the first listing is complete. */
    @Test
    void theNewestEntriesAreReplayedBeforeTheFirstAnswer() throws IOException {
        Repository app = over(store).repository(world.app);
        app.tags().put(world.stable, world.first.digest());
        app.tags().delete(world.stable);
        app.tags().put(world.stable, world.first.digest());
        // The process of the deletion died before it saw that the tag was back.
        store.delete(Keys.tagEntry(world.app, world.stable));
        Gate gate = gate();
        try (StorageRegistry later = over(gate)) {
            assertThat(later.repository(world.app).tags().list()).containsExactly(world.stable, world.latest);
        }
    }

    @Test
    void anOlderEntryIsReplayedBesideTheRequests() throws IOException {
        Tag oldest = Tag.parse("t0");
        Repository app = over(store).repository(world.app);
        app.tags().put(oldest, world.first.digest());
        store.delete(Keys.tagEntry(world.app, oldest));
        Gate gate = gate();
        try (StorageRegistry later = over(gate)) {
            assertThat(later.repository(world.app).tags().resolve(oldest)).isPresent();
            gate.open.countDown();
            later.maintain();
            assertThat(later.repository(world.app).tags().list()).containsExactly(world.latest, oldest);
        }
    }

    @Test
    void closingEndsTheReplayAndTheNextStartTakesItUp() throws Exception {
        Gate gate = gate();
        StorageRegistry registry = over(gate);
        assertThat(registry.repositories()).containsExactly(world.app);
        gate.reached.await();
        registry.close();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith("berth-replay") && isOf(thread, gate));
        assertThat(StoreCopies.keys(store, JOURNAL)).hasSizeGreaterThanOrEqualTo(LEFT);
        try (StorageRegistry next = over(store)) {
            // Waits for the pass of the start, which keeps young entries.
            next.maintain();
            assertCompleteAfterMaintenance(next);
        }
    }

    private static boolean isOf(Thread thread, Gate gate) {
        return gate.open.getCount() > 0
                && thread.isAlive()
                && Arrays.stream(thread.getStackTrace())
                        .anyMatch(frame -> frame.getClassName().equals(Gate.class.getName()));
    }

    /** The pass ends only if several threads read entries at the same time. */
    @Test
    void manyEntriesAreReplayedInParallel() throws IOException {
        CyclicBarrier together = new CyclicBarrier(ReplayThreads.THREADS);
        AtomicInteger entries = new AtomicInteger();
        ObjectStore meeting = new InterceptedStore(store) {
            @Override
            <T> T intercept(String operation, String name, Call<T> call) throws IOException {
                int number = operation.equals("open") && name.startsWith(JOURNAL) ? entries.incrementAndGet() : 0;
                if (number > JournalReplay.FIRST_ENTRIES
                        && number <= JournalReplay.FIRST_ENTRIES + ReplayThreads.THREADS) {
                    try {
                        together.await(30, TimeUnit.SECONDS);
                    } catch (Exception e) {
                        throw new IOException(e);
                    }
                }
                return call.run();
            }
        };
        try (StorageRegistry registry = over(meeting)) {
            registry.maintain();
        }
        assertThat(entries.get()).isGreaterThanOrEqualTo(LEFT);
        assertThat(together.isBroken()).isFalse();
    }

    @Test
    void aReplayThatFailsIsTakenUpByMaintenance() throws IOException {
        AtomicInteger entries = new AtomicInteger();
        ObjectStore failing = new InterceptedStore(store) {
            @Override
            <T> T intercept(String operation, String name, Call<T> call) throws IOException {
                if (operation.equals("open")
                        && name.startsWith(JOURNAL)
                        && entries.incrementAndGet() == JournalReplay.FIRST_ENTRIES + 10) {
                    throw new IOException("The disk is gone for a moment");
                }
                return call.run();
            }
        };
        try (StorageRegistry registry = over(failing)) {
            assertThat(registry.repository(world.app).tags().list()).containsExactly(world.latest);
            try {
                registry.maintain();
            } catch (RegistryException waitedForTheOneThatFailed) {
                assertThat(waitedForTheOneThatFailed.code()).isEqualTo(ErrorCode.UNAVAILABLE);
            }
            assertCompleteAfterMaintenance(registry);
        }
    }
}
