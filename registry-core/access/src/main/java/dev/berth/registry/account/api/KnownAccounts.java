package dev.berth.registry.account.api;

import dev.berth.registry.account.Account;
import dev.berth.registry.account.Accounts;
import dev.berth.registry.account.store.AccountStore;
import dev.berth.registry.server.Caller;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds accounts by their names, in the store and wherever else the server knows some. */
final class KnownAccounts {
    private final AccountStore store;
    private final Accounts accounts;

    KnownAccounts(AccountStore store, Accounts accounts) {
        this.store = store;
        this.accounts = accounts;
    }

    /** Returns who a robot, or whoever logs in by a name, is now; empty if nobody is known by it, or it cannot log in. */
    Optional<Caller> find(String name) {
        return store.robotCaller(name).or(() -> person(name));
    }

    /** Returns who a person is now. */
    Optional<Caller> person(String name) {
        return Stream.of(name, "ldap:" + name, "oidc:" + name)
                .map(accounts::find)
                .flatMap(Optional::stream)
                .findFirst()
                .map(Account::caller);
    }
}
