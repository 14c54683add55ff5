package dev.berth.registry.account.store;

import dev.berth.registry.account.Account;
import dev.berth.registry.account.Passwords;
import dev.berth.registry.internal.objects.CachedObjects;
import dev.berth.registry.internal.objects.StoredNames;
import dev.berth.registry.server.Caller;
import dev.berth.registry.storage.ObjectStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The people in the store: an object for each. Thread-safe. */
final class People {
    private final CachedObjects<PersonRecord> cache;
    private final StoredNames names;
    private final Models models;
    private final Passwords passwords;
    private final int cost;

    People(ObjectStore store, AccountStoreOptions options, Models models) {
        this.cache = CachedObjects.many(store, PersonRecord.FORMAT, options.clock(), options.cacheAge());
        this.names = new StoredNames(store);
        this.models = models;
        this.passwords = Passwords.of(options.clock());
        this.cost = options.passwordCost();
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
