package dev.berth.registry.account.store;

import dev.berth.registry.access.Grantee;
import dev.berth.registry.account.Passwords;
import dev.berth.registry.internal.objects.CachedObjects;
import dev.berth.registry.internal.objects.Change;
import dev.berth.registry.storage.ObjectKey;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** Changes people. Thread-safe. */
final class PersonChanges {
    private final People people;
    private final CachedObjects<PersonRecord> cache;
    private final Models models;
    private final Robots robots;
    private final PersonalTokens tokens;
    private final int cost;
    private final InstantSource clock;
    private final ChangeEvents events;

    PersonChanges(
            People people,
            Models models,
            Robots robots,
            PersonalTokens tokens,
            AccountStoreOptions options,
            ChangeEvents events) {
        this.people = people;
        this.cache = people.cache();
        this.models = models;
        this.robots = robots;
        this.tokens = tokens;
        this.cost = options.passwordCost();
        this.clock = options.clock();
        this.events = events;
    }

    void add(String name, String password) {
        AccountNames.requirePerson(name);
        String hash = hash(password);
        ObjectKey key = ObjectNames.person(name);
        // The removal of an earlier person of this name may have been cut off. What it had must not be inherited.
        cache.getFresh(key)
                .filter(person -> person.state() == PersonRecord.State.REMOVED)
                .ifPresent(this::finishRemoval);
        if (models.fresh().organisations().containsKey(name)) {
            throw AccountNames.exists("There is an organisation '" + name + "'; a person needs another name");
        }
        models.edit(model -> model.raiseCost(cost));
        PersonRecord person =
                new PersonRecord(name, UUID.randomUUID().toString(), clock.instant(), PersonRecord.State.ACTIVE, hash);
        boolean added = cache.change(key, found -> found.isPresent() ? Change.keep(false) : Change.write(person, true));
        people.added(name);
        if (!added) {
            throw AccountNames.exists("There is a person '" + name + "' already");
        }
        events.changed(target(name), "person added");
    }

    void setPassword(String name, String password) {
        String hash = hash(password);
        models.edit(model -> model.raiseCost(cost));
        change(name, person -> person.withHash(hash));
        events.changed(target(name), "password set");
    }

    void setDisabled(String name, boolean disabled) {
        change(name, person -> person.with(disabled ? PersonRecord.State.DISABLED : PersonRecord.State.ACTIVE));
        events.changed(target(name), disabled ? "person disabled" : "person enabled");
    }

    private void change(String name, UnaryOperator<PersonRecord> change) {
        boolean found = AccountNames.isPerson(name)
                && cache.change(
                        ObjectNames.person(name),
                        known -> known.filter(person -> person.state() != PersonRecord.State.REMOVED)
                                .map(person -> Change.<PersonRecord, Boolean>write(change.apply(person), true))
                                .orElseGet(() -> Change.keep(false)));
        if (!found) {
            throw AccountNames.missing("There is no person of this name in the storage");
        }
    }

    boolean remove(String name) {
        if (!AccountNames.isPerson(name)) {
            return false;
        }
        Optional<PersonRecord> removed = cache.change(
                ObjectNames.person(name),
                found -> found.map(person -> person.with(PersonRecord.State.REMOVED))
                        .map(person -> Change.write(person, Optional.of(person)))
                        .orElseGet(() -> Change.keep(Optional.empty())));
        removed.ifPresent(person -> {
            finishRemoval(person);
            events.changed(target(name), "person removed, with all rights, robots and personal tokens");
        });
        return removed.isPresent();
    }

    /** Removes what a person had, and gives the name free at the end. A crash in between leaves the name taken. */
    private void finishRemoval(PersonRecord removed) {
        models.edit(model -> model.removeEverywhere(Grantee.user(removed.name())));
        robots.removeOrphans(removed.name());
        tokens.removeOrphans(removed.name());
        cache.change(
                ObjectNames.person(removed.name()),
                found -> found.filter(removed::equals).isPresent() ? Change.remove(true) : Change.keep(false));
    }

    private String hash(String password) {
        if (Secret.isMeant(password)) {
            throw AccountNames.invalid(
                    "This looks like the secret of a robot or a personal token, not like a password");
        }
        try {
            return Passwords.hash(password, cost);
        } catch (IllegalArgumentException e) {
            throw AccountNames.invalid(String.valueOf(e.getMessage()));
        }
    }

    private static String target(String name) {
        return "user:" + name;
    }
}
