package dev.berth.registry.account.api;

import dev.berth.registry.access.Grant;
import dev.berth.registry.access.Grantee;
import dev.berth.registry.account.store.AccountStore;
import dev.berth.registry.internal.management.AllRights;
import dev.berth.registry.internal.management.GranteeText;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/** All grants that are in force, each with what it comes from. */
final class AllGrants {
    private final AccountStore store;
    private final AllRights rights;

    AllGrants(AccountStore store, AllRights rights) {
        this.store = store;
        this.rights = rights;
    }

    /** Returns those of the store, those of organisations, and those of the configuration. */
    List<SourcedGrant> all() {
        return Stream.of(
                        of(store.storedGrants(), "store"),
                        of(Organisations.memberships(store.organisations()), "organisation"),
                        of(rights.configured().all(), "configuration"))
                .flatMap(grants -> grants)
                .toList();
    }

    private static Stream<SourcedGrant> of(List<Grant> grants, String source) {
        return grants.stream().map(grant -> new SourcedGrant(grant, source));
    }

    /** Returns the members of a team, in order; none for who is no team. */
    List<String> members(Grantee grantee) {
        TreeSet<String> members = new TreeSet<>();
        if (grantee instanceof Grantee.Group team) {
            Stream.of(rights.stored(), rights.configured())
                    .flatMap(grants -> grants.teams().members(team.name()).stream())
                    .forEach(member -> members.add(GranteeText.of(member)));
        }
        return List.copyOf(members);
    }
}
