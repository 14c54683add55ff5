package dev.berth.registry.console.search;

import dev.berth.registry.RepositoryName;
import dev.berth.registry.console.catalog.Cards;
import dev.berth.registry.console.catalog.RepositoryCard;
import dev.berth.registry.console.catalog.Standing;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Predicate;

/**
 * Searches the cards of repositories: those that may have the words are looked at one by one. Of those that fit equally well,
 * the ones that the operator takes care of come first, then those that are pulled more. Thread-safe.
 */
public final class Search {
    private static final Comparator<Ranked> WORST_FIRST = Comparator.comparingInt(Ranked::rank)
            .thenComparing(Ranked::official)
            .thenComparingLong(Ranked::pulls)
            .thenComparing(
                    ranked -> ranked.card().name().value(),
                    Comparator.comparingInt(String::length)
                            .thenComparing(Comparator.naturalOrder())
                            .reversed());

    private final Cards cards;
    private final Standing standing;

    private record Ranked(RepositoryCard card, int rank, boolean official, long pulls) {}

    /**
     * What was found.
     *
     * @param total how many repositories fit
     * @param best those of the page that was asked for, the best first
     */
    public record Result(int total, List<RepositoryCard> best) {
        /** Copies the list. */
        public Result {
            best = List.copyOf(best);
        }
    }

    /** Makes a search of cards, as they are at each time. */
    public Search(Cards cards, Standing standing) {
        this.cards = cards;
        this.standing = standing;
    }

    /**
     * Finds repositories.
     *
     * @param text words, each of which must be in the name, the description, a label or an annotation; without one
     *     everything fits
     * @param visible whether the caller may see a repository; it is asked for those that fit only
     * @param skipped how many of the best are left out, which were on pages before
     * @param most how many are returned at most
     */
    public Result find(String text, Predicate<RepositoryName> visible, int skipped, int most) {
        Terms terms = Terms.parse(text);
        int wanted = Math.max(0, skipped) + Math.max(0, most);
        PriorityQueue<Ranked> best = new PriorityQueue<>(WORST_FIRST);
        int total = 0;
        for (RepositoryCard card : cards.thatMayHave(terms.words())) {
            int rank = terms.rank(card);
            if (rank == 0 || !visible.test(card.name())) {
                continue;
            }
            total++;
            boolean full = best.size() >= wanted;
            if (wanted == 0 || full && rank < best.element().rank()) {
                continue;
            }
            best.add(new Ranked(card, rank, standing.isOfficial(card.name()), standing.count(card.name())));
            if (full) {
                best.remove();
            }
        }
        List<RepositoryCard> ordered = new ArrayList<>();
        while (!best.isEmpty()) {
            ordered.add(best.remove().card());
        }
        Collections.reverse(ordered);
        return new Result(total, ordered.subList(Math.min(Math.max(0, skipped), ordered.size()), ordered.size()));
    }
}
