package dev.berth.registry.internal.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A cache never takes more than its budget, and keeps what is used. */
class WeighedCacheTest {
    private static final int BUDGET = 100_000;

    private final WeighedCache<Integer, String> cache = new WeighedCache<>(BUDGET);

    private List<Integer> present(int most) {
        return IntStream.range(0, most).boxed().filter(key -> cache.get(key) != null).toList();
    }

    @Test
    void theBudgetHolds() {
        for (int i = 0; i < 1000; i++) {
            cache.put(i, "value", 1000 + i);
            assertThat(cache.weight()).isLessThanOrEqualTo(BUDGET);
        }
        assertThat(cache.weight()).isGreaterThan(BUDGET / 2);
        assertThat(present(1000)).hasSizeBetween(30, 80);
    }

    @Test
    void whatIsUsedStays() {
        for (int i = 0; i < 1000; i++) {
            cache.put(i, "value", 1000);
            assertThat(cache.get(0)).isEqualTo("value");
        }
        assertThat(cache.get(1)).isNull();
        assertThat(cache.get(999)).isNotNull();
    }

    @Test
    void aValueIsReplacedAndRemoved() {
        cache.put(1, "old", 20_000);
        cache.put(1, "new", 10);
        assertThat(cache.get(1)).isEqualTo("new");
        assertThat(cache.weight()).isLessThan(1000);
        cache.remove(1);
        cache.remove(2);
        assertThat(cache.get(1)).isNull();
        assertThat(cache.weight()).isZero();
    }

    @Test
    void whatIsTooLargeIsNotKeptNorIsWhatItReplaces() {
        cache.put(1, "old", 10);
        cache.put(2, "other", 10);
        cache.put(1, "new", BUDGET / 4);
        assertThat(present(10)).containsExactly(2);
    }

    @Test
    void withoutABudgetNothingIsKept() {
        WeighedCache<Integer, String> none = new WeighedCache<>(0);
        none.put(1, "value", 0);
        assertThat(none.get(1)).isNull();
        assertThat(none.weight()).isZero();
    }

    @Test
    void threadsLeaveItConsistent() {
        IntStream.range(0, 20_000).parallel().forEach(i -> {
            switch (i % 3) {
                case 0 -> cache.put(i % 97, "value" + i, i % 5_000);
                case 1 -> cache.remove(i % 89);
                default -> cache.get(i % 97);
            }
        });
        assertThat(cache.weight()).isBetween(0L, (long) BUDGET);
        present(97).forEach(cache::remove);
        assertThat(cache.weight()).isZero();
    }
}
