package dev.berth.registry.account.store;

import dev.berth.registry.access.AccessListener;
import dev.berth.registry.access.Grants;
import dev.berth.registry.account.Account;
import dev.berth.registry.account.Accounts;
import dev.berth.registry.storage.ObjectStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Accounts in an object store. */
public final class AccountStore implements Accounts {

    private AccountStore() {}

    /** Opens. */
    public static AccountStore over(ObjectStore store) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Account> authenticate(String name, String password) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Account> find(String subject) {
        throw new UnsupportedOperationException();
    }

    /** Returns whether nobody has an account yet. */
    public boolean isEmpty() {
        throw new UnsupportedOperationException();
    }

    /** Returns the policy, which follows changes. */
    public dev.berth.registry.access.AccessPolicy policy() {
        throw new UnsupportedOperationException();
    }

    /** Returns teams and grants as they are now, those of organisations included. */
    public Grants grants() {
        throw new UnsupportedOperationException();
    }

    /** Returns up to {@code limit} people after a name, in order. */
    public List<Person> people(String after, int limit) {
        throw new UnsupportedOperationException();
    }

    /** Returns a person. */
    public Optional<Person> person(String name) {
        throw new UnsupportedOperationException();
    }

    /** Returns the organisations, in order. */
    public List<Organisation> organisations() {
        throw new UnsupportedOperationException();
    }

    /** Returns the teams with their members. */
    public Map<String, Set<dev.berth.registry.access.Grantee>> teams() {
        throw new UnsupportedOperationException();
    }

    /** Returns the robots of an owner, in order. */
    public List<Robot> robots(String owner) {
        throw new UnsupportedOperationException();
    }

    /** Returns the personal tokens of a person. */
    public List<PersonalToken> personalTokens(String owner) {
        throw new UnsupportedOperationException();
    }

    /** Returns what makes changes in the name of somebody. */
    public AccountChanges changesBy(String actor, AccessListener listener) {
        throw new UnsupportedOperationException();
    }
}
