package dev.berth.registry.account.store;

import dev.berth.registry.account.Account;
import dev.berth.registry.account.Passwords;
import dev.berth.registry.internal.cache.RecentlyUsed;
import dev.berth.registry.internal.objects.CachedObjects;
import dev.berth.registry.internal.objects.StoredNames;
import dev.berth.registry.server.Caller;
import dev.berth.registry.storage.ObjectStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The people in the store: an object for each. Thread-safe. */
final class People {
    private static final int MOST_ABSENT = 10_000;

    private final CachedObjects<PersonRecord> cache;
    private final StoredNames names;
    private final Models models;
    private final Passwords passwords;
    private final int cost;
    private final InstantSource clock;
    private final Duration age;
    private final ReentrantLock lock = new ReentrantLock();
    /** When it was found that there is no person of a name. */
    private final RecentlyUsed<String, Instant> absent = new RecentlyUsed<>(MOST_ABSENT);

    private long additions;

    People(ObjectStore store, AccountStoreOptions options, Models models) {
        this.cache = CachedObjects.many(store, PersonRecord.FORMAT, options.clock(), options.cacheAge());
        this.names = new StoredNames(store);
        this.models = models;
        this.passwords = Passwords.of(options.clock());
        this.cost = options.passwordCost();
        this.clock = options.clock();
        this.age = options.cacheAge();
    }

    CachedObjects<PersonRecord> cache() {
        return cache;
    }

    Optional<Account> authenticate(String name, String password) {
        // An unknown name takes the time of a known one: a look into the store, unless it is remembered, and a hash.
        int highestCost = Math.max(cost, models.current().highestCost());
        if (!AccountNames.isPerson(name)) {
            return matches(name, password, Optional.empty(), highestCost);
        }
        CachedObjects.Lookup<PersonRecord> known = cache.look(ObjectNames.person(name));
        Optional<Account> account = matches(name, password, known.value(), highestCost);
        if (account.isPresent() || known.fresh()) {
            return account;
        }
        // Another process may just have set the password.
        Optional<PersonRecord> now = cache.getFresh(ObjectNames.person(name));
        return now.equals(known.value()) ? Optional.empty() : matches(name, password, now, highestCost);
    }

    private Optional<Account> matches(String name, String password, Optional<PersonRecord> person, int highestCost) {
        boolean matches = passwords.matches(name, password, person.map(PersonRecord::hash), highestCost);
        return matches ? person.filter(PersonRecord::isActive).map(People::account) : Optional.empty();
    }

    /** Returns the account of a person who may log in. */
    Optional<Account> find(String name) {
        return active(name).map(People::account);
    }

    /** Returns a person who may log in. */
    Optional<PersonRecord> active(String name) {
        return record(name).filter(PersonRecord::isActive);
    }

    /** Returns a person, who may be disabled. */
    Optional<PersonRecord> record(String name) {
        return AccountNames.isPerson(name)
                ? cache.get(ObjectNames.person(name)).filter(person -> person.state() != PersonRecord.State.REMOVED)
                : Optional.empty();
    }

    /**
     * Returns whether there is a person of this name, who may be disabled. That there is none is remembered as long as a
     * person is, since every request of somebody from outside asks.
     */
    boolean isKnown(String name) {
        Instant now = clock.instant();
        long before;
        lock.lock();
        try {
            if (isYoung(absent.get(name), now)) {
                return false;
            }
            before = additions;
        } finally {
            lock.unlock();
        }
        boolean known = record(name).isPresent();
        if (!known) {
            lock.lock();
            try {
                // Otherwise it may have been added after it was looked for.
                if (before == additions) {
                    absent.put(name, now);
                }
            } finally {
                lock.unlock();
            }
        }
        return known;
    }

    private boolean isYoung(@Nullable Instant read, Instant now) {
        return read != null && Duration.between(read, now).abs().compareTo(age) < 0;
    }

    /** Forgets that there is no person of this name. To be called after one was added. */
    void added(String name) {
        lock.lock();
        try {
            absent.remove(name);
            additions++;
        } finally {
            lock.unlock();
        }
    }

    /** Reads a person again. */
    void refresh(String name) {
        if (AccountNames.isPerson(name)) {
            cache.getFresh(ObjectNames.person(name));
        }
    }

    private static Account account(PersonRecord person) {
        return Account.of(Caller.named(person.name()), Passwords.version(person.hash()));
    }

    /** Returns up to so many people whose names come after one, in order. */
    List<Person> page(String after, int limit) {
        List<Person> page = new ArrayList<>();
        String last = after.isEmpty() ? "" : ObjectNames.PEOPLE + ObjectNames.encoded(after);
        while (page.size() < limit) {
            StoredNames.Page keys = names.after(ObjectNames.PEOPLE, last, limit - page.size());
            keys.names()
                    .forEach(key -> cache.get(key)
                            .filter(person -> person.state() != PersonRecord.State.REMOVED)
                            .ifPresent(person -> page.add(person.shown())));
            if (keys.last()) {
                break;
            }
            last = keys.names().get(keys.names().size() - 1).value();
        }
        return page;
    }
}
