package dev.berth.registry.console.view;

import dev.berth.registry.Registry;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.console.catalog.Cards;
import dev.berth.registry.console.catalog.RepositoryCard;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * Some repositories, in some order.
 *
 * @param rows what there is on this page
 * @param next the name after which the next page begins, in the order of names; empty if this is the last one, or in other orders
 * @param more whether there is a page after this one
 */
public record RepositoryRows(List<Row> rows, Optional<RepositoryName> next, boolean more) {

    /** Copies the list. */
    public RepositoryRows {
        rows = List.copyOf(rows);
    }

    /**
     * A repository.
     *
     * @param name its name
     * @param card what is known of it; empty if nobody has looked yet
     */
    public record Row(RepositoryName name, Optional<RepositoryCard> card) {}

    private record Rated(RepositoryCard card, long rate) {}

    private static final Comparator<Rated> WORST_FIRST = Comparator.comparingLong(Rated::rate)
            .thenComparing(rated -> rated.card().name().value(), Comparator.reverseOrder());

    /**
     * Returns a page in the order of names.
     *
     * @param view the registry as the caller may see it
     * @param cards what is known of repositories
     * @param after the last name of the page before; empty for the first page
     * @param most how many rows
     */
    public static RepositoryRows of(Registry view, Cards cards, Optional<RepositoryName> after, int most) {
        var listing = view.repositories().limit(most + 1L);
        List<RepositoryName> names = (after.isPresent() ? listing.after(after.get()) : listing).toList();
        boolean more = names.size() > most;
        List<Row> rows = new ArrayList<>();
        names.stream().limit(most).forEach(name -> rows.add(new Row(name, cards.of(name))));
        return new RepositoryRows(rows, more ? Optional.of(names.get(most - 1)) : Optional.empty(), more);
    }

    /**
     * Returns a page in the order of a number, the highest first. All cards are looked at; the caller's rights are looked at only
     * for those that come on the page, or would have.
     *
     * @param visible whether the caller may see a repository
     * @param rate the number
     * @param page the number of the page, from 1
     * @param most how many rows
     */
    public static RepositoryRows highest(
            Cards cards, Predicate<RepositoryName> visible, ToLongFunction<RepositoryCard> rate, int page, int most) {
        int wanted = page * most + 1;
        PriorityQueue<Rated> best = new PriorityQueue<>(WORST_FIRST);
        for (RepositoryCard card : cards.all()) {
            Rated rated = new Rated(card, rate.applyAsLong(card));
            boolean full = best.size() == wanted;
            if (full && WORST_FIRST.compare(rated, best.element()) < 0 || !visible.test(card.name())) {
                continue;
            }
            if (full) {
                best.remove();
            }
            best.add(rated);
        }
        List<Rated> ordered = new ArrayList<>(best);
        ordered.sort(WORST_FIRST.reversed());
        boolean more = ordered.size() == wanted;
        List<Row> rows = new ArrayList<>();
        for (int i = (page - 1) * most; i < Math.min(ordered.size(), page * most); i++) {
            RepositoryCard card = ordered.get(i).card();
            rows.add(new Row(card.name(), Optional.of(card)));
        }
        return new RepositoryRows(rows, Optional.empty(), more);
    }
}
