package dev.berth.registry.console.catalog;

import dev.berth.registry.RepositoryName;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * The cards of all repositories, in memory. The texts are bounded: what is beyond the bound is kept without description and
 * words, and found by its name only. Thread-safe.
 */
public final class Cards {
    private static final int FIRST_PLACES = 1_024;

    private final long mostCharacters;
    private final Map<RepositoryName, Placed> cards = new ConcurrentHashMap<>();

    /** Guards all below. Readers hold it for less than a millisecond. */
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();

    private final TextFilter filter = new TextFilter();
    private final Deque<Integer> free = new ArrayDeque<>();
    private @Nullable RepositoryCard[] places = new RepositoryCard[FIRST_PLACES];
    private int used;
    private long characters;

    private record Placed(int place, RepositoryCard card) {}

    Cards(long mostCharacters) {
        this.mostCharacters = mostCharacters;
    }

    void put(RepositoryCard card) {
        lock.writeLock().lock();
        try {
            Placed old = cards.get(card.name());
            if (old != null) {
                leave(old);
            }
            RepositoryCard kept = characters + card.length() <= mostCharacters ? card : card.withoutTexts();
            int place = free.isEmpty() ? used++ : free.remove();
            if (place == places.length) {
                places = Arrays.copyOf(places, 2 * place);
            }
            places[place] = kept;
            filter.add(place, kept.text());
            characters += kept.length();
            cards.put(kept.name(), new Placed(place, kept));
        } finally {
            lock.writeLock().unlock();
        }
    }

    void remove(RepositoryName name) {
        lock.writeLock().lock();
        try {
            Placed old = cards.remove(name);
            if (old != null) {
                leave(old);
            }
        } finally {
            lock.writeLock().unlock();
        }
    }

    private void leave(Placed old) {
        characters -= old.card().length();
        filter.remove(old.place(), old.card().text());
        places[old.place()] = null;
        free.add(old.place());
    }

    /** Returns the card of a repository, if there is one yet. */
    public Optional<RepositoryCard> of(RepositoryName name) {
        return Optional.ofNullable(cards.get(name)).map(Placed::card);
    }

    /** Returns all cards as they are now, in no order: to sort them after each push would take longer than a search. */
    public List<RepositoryCard> all() {
        return thatMayHave(List.of());
    }

    /**
     * Returns the cards as they are now, in no order, without most of those that do not have all of some words.
     *
     * @param words in lower case
     */
    public List<RepositoryCard> thatMayHave(List<String> words) {
        lock.readLock().lock();
        try {
            List<RepositoryCard> found = new ArrayList<>();
            long[] bits = filter.mayHave(words, used);
            for (int i = 0; i < bits.length; i++) {
                for (long left = bits[i]; left != 0; left &= left - 1) {
                    int place = (i << 6) + Long.numberOfTrailingZeros(left);
                    RepositoryCard card = place < used ? places[place] : null;
                    if (card != null) {
                        found.add(card);
                    }
                }
            }
            return found;
        } finally {
            lock.readLock().unlock();
        }
    }
}
