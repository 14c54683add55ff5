package dev.berth.registry.console.statistics;

import dev.berth.registry.RepositoryName;
import dev.berth.registry.console.catalog.Cards;
import dev.berth.registry.pulls.DailyPulls;
import dev.berth.registry.pulls.PullTotals;
import dev.berth.registry.pulls.RepositoryTotal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The pulls of the repositories that somebody may see, in the last days.
 *
 * @param days those of all of them together
 * @param repositories how many of them were pulled
 * @param most those that were pulled most, these first
 */
record Popular(DailyPulls days, int repositories, List<Pulled> most) {

    /**
     * A repository.
     *
     * @param recent how many of its pulls were in the last days
     */
    record Pulled(RepositoryName name, RepositoryTotal total, long recent) {}

    private static final Comparator<Pulled> LEAST_FIRST = Comparator.comparingLong(Pulled::recent)
            .thenComparing(pulled -> pulled.name().value(), Comparator.reverseOrder());

    Popular {
        most = List.copyOf(most);
    }

    /**
     * Returns those of the days since one, all from memory.
     *
     * @param cards the repositories that there are
     * @param visible whether the caller may see a repository
     */
    static Popular of(PullTotals totals, Cards cards, Predicate<RepositoryName> visible, LocalDate first, int rows) {
        Map<LocalDate, Long> days = new TreeMap<>();
        PriorityQueue<Pulled> best = new PriorityQueue<>(LEAST_FIRST);
        int repositories = 0;
        for (Map.Entry<RepositoryName, RepositoryTotal> entry : totals.all().entrySet()) {
            RepositoryName name = entry.getKey();
            long recent = entry.getValue().since(first);
            if (recent == 0 || cards.of(name).isEmpty() || !visible.test(name)) {
                continue;
            }
            repositories++;
            entry.getValue().addTo(days);
            best.add(new Pulled(name, entry.getValue(), recent));
            if (best.size() > rows) {
                best.remove();
            }
        }
        List<Pulled> ordered = new ArrayList<>(best);
        ordered.sort(LEAST_FIRST.reversed());
        return new Popular(new DailyPulls(new TreeMap<>(days)), repositories, ordered);
    }
}
