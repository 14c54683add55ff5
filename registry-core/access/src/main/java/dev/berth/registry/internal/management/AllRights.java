package dev.berth.registry.internal.management;

import dev.berth.registry.access.Grant;
import dev.berth.registry.access.Grantee;
import dev.berth.registry.access.Grants;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.access.Role;
import dev.berth.registry.server.Caller;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** All rights to manage that are in force: those of a store, and those that are configured beside it. Thread-safe. */
public final class AllRights {
    private final Supplier<Grants> stored;
    private final Supplier<Grants> configured;

    /** Creates a view of grants, which are asked for each time. */
    public AllRights(Supplier<Grants> stored, Supplier<Grants> configured) {
        this.stored = stored;
        this.configured = configured;
    }

    /** Returns the grants of the store. */
    public Grants stored() {
        return stored.get();
    }

    /** Returns the grants of the configuration. */
    public Grants configured() {
        return configured.get();
    }

    /** Returns whether the caller is an administrator of everything that the pattern matches. */
    public boolean administers(Caller caller, NamePattern pattern) {
        return !caller.isAnonymous()
                && (stored().gives(caller, Role.ADMIN, pattern) || configured().gives(caller, Role.ADMIN, pattern));
    }

    /** Returns the patterns of which the caller is an administrator. */
    public List<NamePattern> administered(Caller caller) {
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
    public Set<String> groups(Caller caller) {
        TreeSet<String> groups = new TreeSet<>(stored().teams().join(caller).groups());
        groups.addAll(configured().teams().join(caller).groups());
        return groups;
    }

    /** Returns the grants of a grantee. */
    public List<Grant> of(Grantee grantee) {
        List<Grant> grants = new ArrayList<>(stored().all());
        grants.addAll(configured().all());
        return grants.stream().filter(grant -> grant.grantee().equals(grantee)).toList();
    }
}
