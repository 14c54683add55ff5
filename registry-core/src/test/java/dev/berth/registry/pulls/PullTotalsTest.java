package dev.berth.registry.pulls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.registry.Digest;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.engine.CountingStore;
import dev.berth.registry.internal.store.Keys;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.storage.ForwardingObjectStore;
import dev.berth.registry.storage.ObjectContent;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.PutCondition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Lists have the pulls of all repositories in memory")
class PullTotalsTest {
    private static final Digest MANIFEST = Digest.sha256(new byte[] {1});

    private final CountingStore store = new CountingStore(MemoryObjectStore.create());
    private Instant now = Instant.parse("2026-05-01T10:00:00Z");

    private PullStatistics node() {
        return PullStatistics.over(store, PullOptions.builder().clock(() -> now).build());
    }

    private RepositoryName repository(int number) {
        RepositoryName name = RepositoryName.parse("team/app" + number);
        try {
            store.put(Keys.revisionLink(name, MANIFEST), new byte[1], PutCondition.always());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return name;
    }

    private static void pull(PullStatistics node, RepositoryName name, int times) {
        for (int i = 0; i < times; i++) {
            node.pulled(name, MANIFEST, Optional.empty());
        }
        node.flush();
    }

    private void compact(PullStatistics node) {
        now = now.plus(Duration.ofMinutes(2));
        node.compact();
    }

    private static Optional<Long> count(PullTotals totals, RepositoryName name) {
        return totals.of(name).map(total -> total.pulls().count());
    }

    @Test
    void theyAreThoseOfAllNodesMergedOrNot() {
        PullStatistics one = node();
        PullStatistics two = node();
        PullTotals totals = node().totals();
        pull(one, repository(1), 3);
        compact(one);
        pull(one, repository(1), 1);
        pull(two, repository(1), 2);
        pull(two, repository(2), 5);

        totals.refresh();

        assertThat(count(totals, repository(1))).contains(6L);
        assertThat(count(totals, repository(2))).contains(5L);
        assertThat(totals.of(repository(3))).isEmpty();
        assertThat(totals.all()).hasSize(2);

        pull(two, repository(1), 10);
        totals.refresh();
        compact(two);
        totals.refresh();
        totals.refresh();
        assertThat(totals.isComplete()).isTrue();
        assertThat(count(totals, repository(1))).contains(16L);
    }

    @Test
    void theyAreThoseOfTheStoreWhoeverFlushesMergesAndLooksWhen() {
        for (int seed = 0; seed < 40; seed++) {
            Random random = new Random(seed);
            List<PullStatistics> nodes = List.of(node(), node());
            List<PullTotals> totals = List.of(node().totals(), nodes.get(0).totals());
            Map<RepositoryName, Long> expected = new HashMap<>();
            for (int step = 0; step < 120; step++) {
                PullStatistics node = nodes.get(random.nextInt(2));
                switch (random.nextInt(5)) {
                    case 0 -> {
                        // As the work in the background: everything that is written is looked at before it is merged.
                        totals.forEach(PullTotals::refresh);
                        compact(node);
                    }
                    case 1 -> totals.get(random.nextInt(2)).refresh();
                    default -> {
                        RepositoryName name = repository(1_000 * seed + random.nextInt(6));
                        int times = 1 + random.nextInt(3);
                        pull(node, name, times);
                        expected.merge(name, (long) times, Long::sum);
                    }
                }
            }
            for (PullTotals each : totals) {
                each.refresh();
                Map<RepositoryName, Long> found = new HashMap<>();
                expected.keySet().forEach(name -> count(each, name).ifPresent(number -> found.put(name, number)));
                assertThat(found).as("seed %s", seed).isEqualTo(expected);
            }
        }
    }

    @Test
    void whatIsMissedIsReadAgain() {
        PullStatistics pulls = node();
        PullTotals totals = node().totals();
        pull(pulls, repository(1), 1);
        totals.refresh();
        totals.refresh();
        pull(pulls, repository(1), 4);
        compact(pulls);

        totals.refresh();
        now = now.plus(Duration.ofMinutes(11));
        totals.refresh();

        assertThat(count(totals, repository(1))).contains(5L);
    }

    @Test
    void whatIsGoneIsForgotten() throws IOException {
        PullStatistics pulls = node();
        PullTotals totals = node().totals();
        pull(pulls, repository(1), 1);
        pull(pulls, repository(2), 1);
        compact(pulls);
        totals.refresh();
        totals.refresh();
        assertThat(totals.all()).hasSize(2);
        store.delete(Keys.pulls(repository(1)));

        for (int i = 0; i < 3; i++) {
            now = now.plus(Duration.ofMinutes(11));
            totals.refresh();
        }

        assertThat(totals.all()).containsOnlyKeys(repository(2));
    }

    @Test
    void aCallReadsOnlyWhatIsNew() {
        PullStatistics pulls = node();
        for (int i = 0; i < 300; i++) {
            pulls.pulled(repository(i), MANIFEST, Optional.empty());
        }
        pulls.flush();
        compact(pulls);
        PullTotals totals = node().totals();
        totals.refresh();
        totals.refresh();
        pull(pulls, repository(7), 2);
        store.reset();
        totals.refresh();
        assertThat(store.calls()).as("a listing and the new batch").hasSize(2);
        store.reset();
        totals.refresh();
        assertThat(store.calls()).hasSize(1);
        assertThat(count(totals, repository(7))).contains(3L);
    }

    @Test
    void whatCannotBeReadIsReadByALaterCall() {
        boolean[] fails = {false};
        PullStatistics pulls = PullStatistics.over(
                new ForwardingObjectStore(store) {
                    @Override
                    public Optional<ObjectContent> open(ObjectKey key, long offset, long length) throws IOException {
                        if (fails[0]) {
                            throw new IOException("no");
                        }
                        return delegate().open(key, offset, length);
                    }
                },
                PullOptions.builder().clock(() -> now).build());
        PullTotals totals = pulls.totals();
        totals.refresh();
        pull(node(), repository(1), 2);
        fails[0] = true;
        assertThatExceptionOfType(RegistryException.class).isThrownBy(totals::refresh);
        pull(pulls, repository(2), 2);
        assertThatExceptionOfType(RegistryException.class).isThrownBy(totals::refresh);
        fails[0] = false;
        totals.refresh();
        assertThat(count(totals, repository(1))).contains(2L);
        assertThat(count(totals, repository(2))).contains(2L);
    }

    @Test
    void thirtyDaysAreKnownByDay() {
        PullStatistics pulls = node();
        PullTotals totals = node().totals();
        for (int day = 0; day < 40; day++) {
            pull(pulls, repository(1), day + 1);
            totals.refresh();
            compact(pulls);
            now = now.plus(Duration.ofDays(1));
        }
        LocalDate last = LocalDate.ofInstant(now, ZoneOffset.UTC).minusDays(1);
        RepositoryTotal total = totals.of(repository(1)).orElseThrow();
        assertThat(total.pulls().count()).isEqualTo(820);
        assertThat(total.days().on(last)).isEqualTo(40);
        assertThat(total.days().counts()).hasSize(RepositoryTotal.DAYS);
        assertThat(total.since(last.minusDays(1))).isEqualTo(79);
        assertThat(total.since(last.plusDays(5))).isZero();
        assertThat(total.since(LocalDate.EPOCH)).isEqualTo(total.days().sum());
    }

    @Test
    void aPageOfARepositoryReadsEachBatchOnce() {
        PullStatistics other = node();
        for (int i = 0; i < 20; i++) {
            pull(other, repository(i % 3), 1);
        }
        PullStatistics pulls = node();
        RepositoryName name = repository(1);
        pulls.of(name);
        pull(other, name, 1);
        store.reset();
        pulls.of(name);
        assertThat(store.calls())
                .as("a listing, the new batch, and what was merged")
                .hasSize(3);
        store.reset();
        assertThat(pulls.of(name).total().map(Pulls::count)).contains(8L);
        assertThat(store.calls()).hasSize(2);
    }
}
