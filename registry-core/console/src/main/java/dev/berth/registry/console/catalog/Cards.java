package dev.berth.registry.console.catalog;

import dev.berth.registry.RepositoryName;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The cards of all repositories, in memory. The texts are bounded: what is beyond the bound is kept without description and
 * words, and found by its name only. Thread-safe.
 */
public final class Cards {
    private final long mostCharacters;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<RepositoryName, RepositoryCard> cards = new ConcurrentHashMap<>();
    private long characters;

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
        } finally {
            lock.unlock();
        }
    }

    void remove(RepositoryName name) {
        lock.lock();
        try {
            forget(name);
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
        return Optional.ofNullable(cards.get(name));
    }

    /** Returns all cards as they are at each time, in no order: to sort them after each push would take longer than a search. */
    public Collection<RepositoryCard> all() {
        return Collections.unmodifiableCollection(cards.values());
    }
}
