package dev.berth.registry.pulls;

import java.time.LocalDate;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All pulls of a repository, and those of the last 30 days by day. Small, since there may be many of them. Immutable.
 *
 * @since 0.1
 */
public final class RepositoryTotal {
    /** How many days are known. */
    static final int DAYS = 30;

    private final Pulls pulls;

    /** The day of the first number. */
    private final long first;

    /** From the first day with pulls to the last one. */
    private final int[] counts;

    private RepositoryTotal(Pulls pulls, long first, int[] counts) {
        this.pulls = pulls;
        this.first = first;
        this.counts = counts;
    }

    static RepositoryTotal of(Pulls pulls, DailyPulls days, LocalDate today) {
        SortedMap<LocalDate, Long> recent =
                days.between(today.minusDays(DAYS - 1L), today.plusDays(1)).counts();
        if (recent.isEmpty()) {
            return new RepositoryTotal(pulls, 0, new int[0]);
        }
        long first = recent.firstKey().toEpochDay();
        int[] counts = new int[(int) (recent.lastKey().toEpochDay() - first) + 1];
        for (Map.Entry<LocalDate, Long> day : recent.entrySet()) {
            counts[(int) (day.getKey().toEpochDay() - first)] = (int) Math.min(Integer.MAX_VALUE, day.getValue());
        }
        return new RepositoryTotal(pulls, first, counts);
    }

    /** Returns how many there were, and when the last one was. */
    public Pulls pulls() {
        return pulls;
    }

    /** Returns how many there were on a day, in UTC, and since then. Those of more than 30 days ago are not known by day. */
    public long since(LocalDate day) {
        long sum = 0;
        for (int i = (int) Math.max(0, Math.min(counts.length, day.toEpochDay() - first)); i < counts.length; i++) {
            sum += counts[i];
        }
        return sum;
    }

    /** Returns how many there were by day, in UTC, in the last 30 days. */
    public DailyPulls days() {
        SortedMap<LocalDate, Long> days = new TreeMap<>();
        addTo(days);
        return new DailyPulls(days);
    }

    /** Adds what there were by day to sums of several repositories. */
    public void addTo(Map<LocalDate, Long> days) {
        for (int i = 0; i < counts.length; i++) {
            days.merge(LocalDate.ofEpochDay(first + i), (long) counts[i], Long::sum);
        }
    }
}
