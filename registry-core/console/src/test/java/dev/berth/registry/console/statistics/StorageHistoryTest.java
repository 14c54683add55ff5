package dev.berth.registry.console.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.internal.store.Keys;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.storage.ForwardingObjectStore;
import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ListRequest;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectVersion;
import dev.berth.registry.storage.PutCondition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What the storage has is written down for each day, by whichever node")
class StorageHistoryTest {
    private final MemoryObjectStore store = MemoryObjectStore.create();
    private Instant now = Instant.parse("2026-05-01T23:00:00Z");

    @Test
    void whatIsWrittenLastCountsForTheDay() {
        List<StorageHistory> nodes = List.of(new StorageHistory(store), new StorageHistory(store));
        nodes.get(0).sample(now, 100);
        nodes.get(1).sample(now.plusSeconds(60), 200);
        nodes.get(1).sample(now.plus(Duration.ofHours(2)), 300);
        nodes.get(0).sample(now.plus(Duration.ofHours(3)), 400);

        assertThat(new StorageHistory(store).days())
                .isEqualTo(Map.of(LocalDate.parse("2026-05-01"), 200L, LocalDate.parse("2026-05-02"), 400L));
    }

    @Test
    void ofTwoNodesAtTheSameTimeNeitherOverwritesTheOther() {
        StorageHistory other = new StorageHistory(store);
        boolean[] first = {true};
        StorageHistory slow = new StorageHistory(new ForwardingObjectStore(store) {
            @Override
            public Optional<ObjectVersion> put(ObjectKey key, byte[] content, PutCondition condition)
                    throws IOException {
                if (first[0]) {
                    first[0] = false;
                    other.sample(now, 1);
                }
                return delegate().put(key, content, condition);
            }
        });
        slow.sample(now, 2);
        assertThat(other.days()).containsExactly(Map.entry(LocalDate.parse("2026-05-01"), 1L));
    }

    @Test
    void itIsBoundedAndDamageIsPassedOver() throws IOException {
        StringBuilder text = new StringBuilder("x\n2026-13-01 5\n2026-04-01 x\n2026-04-02 -1\n2026-04-03 7\n");
        store.put(
                KeyPrefix.of(Keys.CONSOLE + "statistics/").key("storage"),
                text.toString().getBytes(StandardCharsets.UTF_8),
                PutCondition.always());
        StorageHistory history = new StorageHistory(store);
        assertThat(history.days()).containsOnlyKeys(LocalDate.parse("2026-04-03"));
        for (int day = 0; day < 1_200; day++) {
            now = now.plus(Duration.ofDays(1));
            history.sample(now, day);
        }
        assertThat(history.days()).hasSize(1_100).containsEntry(history.days().lastKey(), 1_199L);
    }

    @Test
    void itIsMeasuredWhenItIsKnownAndNotOfAReadOnlyStore() throws IOException {
        OptionalLong[] used = {OptionalLong.empty()};
        StatisticsLists lists = new StatisticsLists(store, () -> now, false);
        lists.measureStorage(() -> used[0]);
        lists.refresh();
        assertThat(lists.storage().days()).isEmpty();
        used[0] = OptionalLong.of(5);
        lists.refresh();
        assertThat(lists.storage().days()).as("it is not asked each second").isEmpty();
        now = now.plusSeconds(90);
        lists.refresh();
        assertThat(lists.storage().days()).hasSize(1);

        MemoryObjectStore untouched = MemoryObjectStore.create();
        StatisticsLists reading = new StatisticsLists(untouched, () -> now, true);
        reading.measureStorage(() -> OptionalLong.of(5));
        reading.refresh();
        assertThat(untouched.list(ListRequest.tree(Keys.CONSOLE)).names()).isEmpty();
    }
}
