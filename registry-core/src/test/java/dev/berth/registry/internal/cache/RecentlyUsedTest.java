package dev.berth.registry.internal.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A bounded map evicts what was not used for longest. */
final class RecentlyUsedTest {
    private final RecentlyUsed<String, Integer> cache = new RecentlyUsed<>(2);

    @Test
    void evictsTheEldestEntry() {
        cache.put("a", 1);
        cache.put("b", 2);
        cache.put("c", 3);

        assertThat(cache.get("a")).isNull();
        assertThat(cache.get("b")).isEqualTo(2);
        assertThat(cache.get("c")).isEqualTo(3);
    }

    @Test
    void countsAReadAsUse() {
        cache.put("a", 1);
        cache.put("b", 2);
        cache.get("a");
        cache.put("c", 3);

        assertThat(cache.get("a")).isEqualTo(1);
        assertThat(cache.get("b")).isNull();
    }

    @Test
    void replacesAValueWithoutEvictingOthers() {
        cache.put("a", 1);
        cache.put("b", 2);
        cache.put("a", 3);

        assertThat(cache.get("a")).isEqualTo(3);
        assertThat(cache.get("b")).isEqualTo(2);
    }

    @Test
    void createsAValueOnlyWhereItIsAbsent() {
        assertThat(cache.getOrCreate("a", key -> 1)).isEqualTo(1);
        assertThat(cache.getOrCreate("a", key -> 2)).isEqualTo(1);
    }

    @Test
    void removesAValue() {
        cache.put("a", 1);

        assertThat(cache.remove("a")).isEqualTo(1);
        assertThat(cache.remove("a")).isNull();
        assertThat(cache.size()).isZero();
    }

    @Test
    void exceedsItsCapacityRatherThanEvictWhatIsInUse() {
        Set<Integer> inUse = new HashSet<>(Set.of(1, 2, 3));
        RecentlyUsed<String, Integer> guarded = new RecentlyUsed<>(2, value -> !inUse.contains(value));
        guarded.put("a", 1);
        guarded.put("b", 2);
        guarded.put("c", 3);
        guarded.put("d", 4);
        assertThat(guarded.size()).isEqualTo(4);

        inUse.clear();
        guarded.put("e", 5);

        assertThat(guarded.size()).isEqualTo(2);
        assertThat(guarded.get("d")).isEqualTo(4);
        assertThat(guarded.get("e")).isEqualTo(5);
    }

    @Test
    void needsACapacity() {
        assertThatIllegalArgumentException().isThrownBy(() -> new RecentlyUsed<String, String>(0));
    }
}
