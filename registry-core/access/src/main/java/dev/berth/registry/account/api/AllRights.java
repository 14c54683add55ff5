package dev.berth.registry.account.api;

import dev.berth.registry.RepositoryName;
import dev.berth.registry.access.AccessPolicy;
import dev.berth.registry.access.Action;
import dev.berth.registry.access.Grant;
import dev.berth.registry.access.Grantee;
import dev.berth.registry.access.Grants;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.access.Role;
import dev.berth.registry.account.store.AccountStore;
import dev.berth.registry.server.Caller;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** All rights that are in force: those of the store, and those that are configured beside it. Thread-safe. */
final class AllRights {
    private final AccountStore store;
    private final Supplier<Grants> configured;

    AllRights(AccountStore store, Supplier<Grants> configured) {
        this.store = store;
        this.configured = configured;
    }

    Grants stored() {
        return store.grants();
    }

    Grants configured() {
        return configured.get();
    }

    /** Returns whether the caller is an administrator of everything that the pattern matches. */
    boolean administers(Caller caller, NamePattern pattern) {
        return !caller.isAnonymous()
                && (stored().gives(caller, Role.ADMIN, pattern) || configured().gives(caller, Role.ADMIN, pattern));
    }

    /** Returns the patterns of which the caller is an administrator. */
    List<NamePattern> administered(Caller caller) {
        TreeSet<NamePattern> patterns = new TreeSet<>();
        for (Grants grants : List.of(stored(), configured())) {
            Set<Grantee> identities = Grantee.of(grants.teams().join(caller));
            for (Grant grant : grants.all()) {
                if (grant.role() == Role.ADMIN && identities.contains(grant.grantee())) {
                    patterns.add(grant.repositories());
                }
            }
        }
        return List.copyOf(patterns);
    }

    /** Returns the groups of the caller, its teams included. */
    Set<String> groups(Caller caller) {
        TreeSet<String> groups = new TreeSet<>(stored().teams().join(caller).groups());
        groups.addAll(configured().teams().join(caller).groups());
        return groups;
    }

    /** Returns the grants of a grantee. */
    List<Grant> of(Grantee grantee) {
        List<Grant> grants = new ArrayList<>(stored().all());
        grants.addAll(configured().all());
        return grants.stream().filter(grant -> grant.grantee().equals(grantee)).toList();
    }

    /** Returns whether the caller may do this, within the limit of its credentials. */
    boolean allows(Caller caller, Action action, RepositoryName repository) {
        return caller.isWithinLimit(action.in(repository))
                && AccessPolicy.anyOf(List.of(store.policy(), configured())).allows(caller, action, repository);
    }
}
