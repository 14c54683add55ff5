package dev.berth.registry.account.store;

import dev.berth.registry.RepositoryName;
import dev.berth.registry.access.Action;
import dev.berth.registry.account.Account;
import dev.berth.registry.audit.AuditListener;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.server.Caller;
import dev.berth.registry.storage.ObjectStore;
import java.time.Duration;
import java.util.Optional;

/** A store, and the accounts in it as two processes see them. */
final class Nodes {
    static final int COST = 4;

    final SettableClock clock = new SettableClock();
    final ObjectStore store;
    final AccountStore here;
    final AccountStore there;
    final AccountChanges changes;

    Nodes() {
        this(MemoryObjectStore.create());
    }

    Nodes(ObjectStore store) {
        this.store = store;
        this.here = open(store);
        this.there = open(store);
        this.changes = changes(here);
    }

    AccountStore open(ObjectStore other) {
        return AccountStore.over(other, options().build());
    }

    AccountStoreOptions.Builder options() {
        return AccountStoreOptions.builder().passwordCost(COST).clock(clock);
    }

    static AccountChanges changes(AccountStore accounts) {
        return accounts.changesBy("root", AuditListener.none());
    }

    /** Lets the time pass after which a process sees the changes of others, for sure. */
    void passCacheAge() {
        clock.advance(Duration.ofSeconds(5));
    }

    static boolean may(AccountStore accounts, Optional<Account> account, Action action, String repository) {
        return account.filter(known -> may(accounts, known.caller(), action, repository))
                .isPresent();
    }

    static boolean may(AccountStore accounts, Caller caller, Action action, String repository) {
        RepositoryName name = RepositoryName.parse(repository);
        return caller.isWithinLimit(action.in(name)) && accounts.policy().allows(caller, action, name);
    }
}
