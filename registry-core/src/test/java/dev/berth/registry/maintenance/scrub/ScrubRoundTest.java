package dev.berth.registry.maintenance.scrub;

import static dev.berth.registry.maintenance.scrub.ScrubWorld.APP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.berth.registry.BlobSource;
import dev.berth.registry.Digest;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.internal.store.Keys;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.storage.ForwardingObjectStore;
import dev.berth.registry.storage.ObjectContent;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.PutCondition;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A round goes on where it was stopped, by one at a time, keeps its rate, and leaves a report. */
class ScrubRoundTest {
    private final ScrubWorld world = new ScrubWorld();
    private final MemoryObjectStore memory = MemoryObjectStore.create();
    private final List<String> hashed = new ArrayList<>();
    private final AtomicLong nanos = new AtomicLong();
    private Instant now = Instant.parse("2026-03-01T10:00:00Z");

    /** A store over which several processes may be, and which may stop a run. */
    private final class SharedStore extends ForwardingObjectStore {
        private Runnable onOpen = () -> {};

        SharedStore() {
            super(memory);
        }

        @Override
        public boolean exclusive() {
            return false;
        }

        @Override
        public Optional<ObjectContent> openStored(ObjectKey key) throws IOException {
            hashed.add(key.value());
            onOpen.run();
            return delegate().openStored(key);
        }
    }

    private ScrubOptions.Builder options() {
        return ScrubOptions.builder().clock(() -> now).nanoTime(nanos::get).pause(this::advance);
    }

    private void advance(Duration duration) {
        nanos.addAndGet(duration.toNanos());
        now = now.plus(duration);
    }

    private void pushBlobs(int count) {
        try (StorageRegistry registry = StorageRegistry.over(memory)) {
            world.push(registry);
            for (int i = 0; i < count; i++) {
                byte[] blob = ScrubWorld.random(1000 + i);
                registry.repository(APP).blobs().push(Digest.sha256(blob), BlobSource.of(blob));
            }
        }
    }

    @Test
    void goesOnAfterEachStop() throws IOException {
        pushBlobs(30);
        Digest first = Digest.sha256(ScrubWorld.random(1003));
        Digest second = Digest.sha256(ScrubWorld.random(1027));
        ScrubWorld.damage(memory, first, 1);
        ScrubWorld.damage(memory, second, 1);
        SharedStore store = new SharedStore();
        ScrubReport report = null;
        int runs = 0;
        while (report == null || report.finished().isEmpty()) {
            Scrub scrub = Scrub.over(store, options().build());
            int stopAt = hashed.size() + 5;
            store.onOpen = () -> {
                if (hashed.size() >= stopAt) {
                    scrub.close();
                }
            };
            report = scrub.run();
            assertThat(report.elsewhere()).isFalse();
            runs++;
            assertThat(runs).isLessThan(30);
        }
        assertThat(runs).isGreaterThan(5);
        assertThat(report.findings())
                .extracting(finding -> finding.digest().orElseThrow())
                .containsExactlyInAnyOrder(first, second);
        assertThat(report.blobs()).isBetween(35L, 45L);
        assertThat(Scrub.over(store, options().build()).lastReport()).contains(report);
        assertThat(memory.stat(Keys.SCRUB.key("round"))).isEmpty();
    }

    @Test
    void oneWorksAtATimeAndADeadOneIsFollowed() {
        pushBlobs(3);
        SharedStore store = new SharedStore();
        List<ScrubReport> others = new ArrayList<>();
        store.onOpen = () -> {
            store.onOpen = () -> {};
            others.add(Scrub.over(store, options().build()).run());
            // This one is cut off from everything for a while, so that another one takes over.
            advance(Duration.ofMinutes(3));
            others.add(Scrub.over(store, options().build()).run());
        };
        ScrubReport report = Scrub.over(store, options().build()).run();
        assertThat(others.get(0).elsewhere()).isTrue();
        assertThat(others.get(0).finished()).isEmpty();
        assertThat(others.get(1).finished()).isPresent();
        assertThat(report.elsewhere()).isTrue();
        assertThat(report.finished()).isEmpty();
    }

    @Test
    void keepsItsRate() {
        pushBlobs(0);
        ObjectStore store = new SharedStore();
        long begun = nanos.get();
        ScrubReport report =
                Scrub.over(store, options().bytesPerSecond(64 * 1024).build()).run();
        double seconds = (nanos.get() - begun) / 1e9;
        // Questions count, too, and about a second's worth is ahead at the end.
        assertThat(seconds).isBetween(report.bytes() / 65_536.0, report.bytes() / 65_536.0 + 60 * 4096 / 65_536.0 * 3);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ScrubOptions.builder().bytesPerSecond(1000));
    }

    @Test
    void endsWhenItsThreadIsInterrupted() {
        pushBlobs(3);
        SharedStore store = new SharedStore();
        store.onOpen = () -> Thread.currentThread().interrupt();
        ScrubReport report = Scrub.over(store, options().build()).run();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(report.finished()).isEmpty();
        store.onOpen = () -> {};
        assertThat(Scrub.over(store, options().build()).run().finished()).isPresent();
    }

    @Test
    void isDueAfterTheInterval() {
        pushBlobs(1);
        Scrub scrub = Scrub.over(memory, options().build());
        Duration week = Duration.ofDays(7);
        assertThat(scrub.isDue(week)).isTrue();
        scrub.run();
        assertThat(scrub.isDue(week)).isFalse();
        advance(week);
        assertThat(scrub.isDue(week)).isTrue();
    }

    @Test
    void aDamagedRecordBeginsANewRound() throws IOException {
        pushBlobs(1);
        memory.put(Keys.SCRUB.key("round"), new byte[] {1, 2, 3}, PutCondition.always());
        assertThat(Scrub.over(memory, options().build()).run().finished()).isPresent();
    }

    @Test
    void tellsItsProgress() {
        pushBlobs(10);
        List<ScrubReport> told = new ArrayList<>();
        SharedStore store = new SharedStore();
        store.onOpen = () -> advance(Duration.ofSeconds(3));
        ScrubReport report = Scrub.over(
                        store,
                        options()
                                .listener(new ScrubListener() {
                                    @Override
                                    public void onProgress(ScrubReport soFar) {
                                        told.add(soFar);
                                    }
                                })
                                .build())
                .run();
        assertThat(told).hasSizeGreaterThan(5).last().isEqualTo(report);
    }
}
