package dev.berth.registry.console.catalog;

import dev.berth.registry.RepositoryName;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The cards of all repositories, in memory. The texts are bounded: what is beyond the bound is kept without description and
 * words, and found by its name only. Thread-safe.
 */
public final class Cards {
    private final long mostCharacters;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<RepositoryName, RepositoryCard> cards = new HashMap<>();
    private long characters;
    private volatile Optional<List<RepositoryCard>> ordered = Optional.of(List.of());

    Cards(long mostCharacters) {
        this.mostCharacters = mostCharacters;
    }

    void put(RepositoryCard card) {
        lock.lock();
        try {
            forget(card.name());
            RepositoryCard kept = characters + card.length() <= mostCharacters ? card : card.withoutTexts();
            characters += kept.length();
            cards.put(kept.name(), kept);
            ordered = Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    void remove(RepositoryName name) {
        lock.lock();
        try {
            forget(name);
            ordered = Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    private void forget(RepositoryName name) {
        RepositoryCard old = cards.remove(name);
        if (old != null) {
            characters -= old.length();
        }
    }

    /** Returns the card of a repository, if there is one yet. */
    public Optional<RepositoryCard> of(RepositoryName name) {
        lock.lock();
        try {
            return Optional.ofNullable(cards.get(name));
        } finally {
            lock.unlock();
        }
    }

    /** Returns all cards as they are now, in the order of the names. */
    public List<RepositoryCard> all() {
        Optional<List<RepositoryCard>> known = ordered;
        return known.isPresent() ? known.get() : order();
    }

    private List<RepositoryCard> order() {
        lock.lock();
        try {
            if (ordered.isEmpty()) {
                RepositoryCard[] array = cards.values().toArray(RepositoryCard[]::new);
                Arrays.sort(array, Comparator.comparing(card -> card.name().value()));
                ordered = Optional.of(Arrays.asList(array));
            }
            return ordered.get();
        } finally {
            lock.unlock();
        }
    }
}
