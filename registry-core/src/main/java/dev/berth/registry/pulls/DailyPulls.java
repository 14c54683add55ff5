package dev.berth.registry.pulls;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Numbers of pulls by day, in UTC. Immutable.
 *
 * @param counts how many there were on a day, in the order of the days; days without pulls are left out
 * @since 0.1
 */
public record DailyPulls(SortedMap<LocalDate, Long> counts) {
    private static final DailyPulls NONE = new DailyPulls(Collections.emptySortedMap());

    /** Copies the map, without days that have no pulls. */
    public DailyPulls {
        SortedMap<LocalDate, Long> copy = new TreeMap<>(counts);
        copy.values().removeIf(count -> count < 1);
        counts = Collections.unmodifiableSortedMap(copy);
    }

    /** Returns no pulls on any day. */
    public static DailyPulls none() {
        return NONE;
    }

    /** Returns how many there were on a day. */
    public long on(LocalDate day) {
        return counts.getOrDefault(Objects.requireNonNull(day, "day"), 0L);
    }

    /** Returns how many there were on all days. */
    public long sum() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /**
     * Returns how many there were on each of some days, the oldest first.
     *
     * @param until the last of the days
     * @param days how many days
     */
    public List<Long> upTo(LocalDate until, int days) {
        List<Long> each = new ArrayList<>(days);
        for (int i = days - 1; i >= 0; i--) {
            each.add(on(until.minusDays(i)));
        }
        return Collections.unmodifiableList(each);
    }

    /** Returns the pulls of both. */
    public DailyPulls plus(DailyPulls other) {
        if (counts.isEmpty()) {
            return other;
        }
        if (other.counts.isEmpty()) {
            return this;
        }
        SortedMap<LocalDate, Long> sum = new TreeMap<>(counts);
        other.counts.forEach((day, count) -> sum.merge(day, count, Long::sum));
        return new DailyPulls(sum);
    }

    /** Returns those of some days. What is before or after is left out. */
    DailyPulls between(LocalDate first, LocalDate last) {
        if (counts.isEmpty()
                || !counts.firstKey().isBefore(first) && !counts.lastKey().isAfter(last)) {
            return this;
        }
        return first.isAfter(last) ? NONE : new DailyPulls(counts.subMap(first, last.plusDays(1)));
    }
}
