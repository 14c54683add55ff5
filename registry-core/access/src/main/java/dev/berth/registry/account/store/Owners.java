package dev.berth.registry.account.store;

import dev.berth.registry.account.Account;
import dev.berth.registry.account.Accounts;
import dev.berth.registry.server.Caller;
import java.util.List;
import java.util.Optional;

/** Whose the robots and personal tokens are. Thread-safe. */
final class Owners {
    private final People people;
    private final Models models;
    private final Optional<Accounts> outside;
    private final List<String> sources;

    Owners(People people, Models models, AccountStoreOptions options) {
        this.people = people;
        this.models = models;
        this.outside = options.outside();
        this.sources = options.sources();
    }

    /** Returns the organisation of this name as an owner. */
    Optional<Owner> organisation(String name) {
        return Optional.ofNullable(models.current().organisations().get(name))
                .map(organisation -> new Owner(Owner.Kind.ORGANISATION, name, organisation.id()));
    }

    /** Returns the person of this name as an owner, from the store or from outside. */
    Optional<Owner> person(String name) {
        return people.record(name)
                .map(person -> new Owner(Owner.Kind.PERSON, name, person.id()))
                .or(() -> fromOutside(name));
    }

    private Optional<Owner> fromOutside(String name) {
        if (outside.isEmpty() || !ObjectNames.fits(name)) {
            return Optional.empty();
        }
        Optional<Account> account = outside.get().find(name);
        for (String source : sources) {
            account = account.or(() -> outside.get().find(source + ":" + name));
        }
        return account.filter(found -> found.caller().name().equals(name))
                .map(found -> new Owner(Owner.Kind.OUTSIDE, name, found.subject()));
    }

    /** Returns the caller that an owner is now, as which its robots and tokens act; empty if it cannot log in any more. */
    Optional<Caller> caller(Owner owner) {
        return switch (owner.kind()) {
            case PERSON ->
                people.active(owner.name())
                        .filter(person -> person.id().equals(owner.id()))
                        .map(person -> Caller.named(person.name()));
            case OUTSIDE ->
                outside.filter(accounts -> !isTaken(owner.name()))
                        .flatMap(accounts -> accounts.find(owner.id()))
                        .map(Account::caller)
                        .filter(caller -> caller.name().equals(owner.name()));
            case ORGANISATION ->
                organisation(owner.name())
                        .filter(owner::equals)
                        .map(known -> Caller.builder(known.name())
                                .group(Model.groupOf(known.name()))
                                .build());
        };
    }

    /** Returns whether somebody in the store got a name meanwhile, so that it is nobody else's any more. */
    private boolean isTaken(String name) {
        return people.isKnown(name) || models.current().organisations().containsKey(name);
    }

    /** Reads again what is known about owners of this name, before something is decided for good. */
    void refresh(String name) {
        models.fresh();
        people.refresh(name);
    }

    /** Returns whether an owner in the store does not exist any more. That of one from outside is not known for sure. */
    boolean isGone(Owner owner) {
        return switch (owner.kind()) {
            case PERSON ->
                people.record(owner.name())
                        .filter(person -> person.id().equals(owner.id()))
                        .isEmpty();
            case ORGANISATION ->
                organisation(owner.name()).filter(owner::equals).isEmpty();
            case OUTSIDE -> isTaken(owner.name());
        };
    }
}
