package dev.berth.registry.account.api;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.access.Grant;
import dev.berth.registry.access.Grantee;
import dev.berth.registry.access.Grants;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.access.Role;
import dev.berth.registry.access.Teams;
import dev.berth.registry.account.store.AccountStore;
import dev.berth.registry.internal.management.Actor;
import dev.berth.registry.internal.management.AllRights;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Refuses changes after which nobody administers the registry. Whoever makes the change counts, people of the store do,
 * and what is configured does; names of people whom the store does not have might be anybody's mistake, and do not.
 */
final class LastAdministrator {
    private final AccountStore store;
    private final AllRights rights;

    LastAdministrator(AccountStore store, AllRights rights) {
        this.store = store;
        this.rights = rights;
    }

    void keepWithoutPerson(Actor actor, String person) {
        keep(actor, rights.stored(), name -> !name.equals(person));
    }

    void keepWithoutGrant(Actor actor, Grant removed) {
        Grants now = rights.stored();
        keep(
                actor,
                Grants.of(
                        now.teams(),
                        now.all().stream()
                                .filter(grant -> !grant.equals(removed))
                                .toList()),
                any -> true);
    }

    void keepWithoutTeam(Actor actor, String team) {
        Grants now = rights.stored();
        Map<String, Set<Grantee>> teams = teams(now);
        teams.remove(team);
        keep(actor, Grants.of(Teams.of(teams), withoutGrantsOf(now, Grantee.group(team))), any -> true);
    }

    void keepWithoutTeamMember(Actor actor, String team, Grantee member) {
        Grants now = rights.stored();
        Map<String, Set<Grantee>> teams = teams(now);
        teams.computeIfPresent(team, (name, members) -> {
            Set<Grantee> others = new HashSet<>(members);
            others.remove(member);
            return others;
        });
        keep(actor, Grants.of(Teams.of(teams), now.all()), any -> true);
    }

    private static List<Grant> withoutGrantsOf(Grants grants, Grantee grantee) {
        return grants.all().stream()
                .filter(grant -> !grant.grantee().equals(grantee))
                .toList();
    }

    private static Map<String, Set<Grantee>> teams(Grants grants) {
        Map<String, Set<Grantee>> teams = new HashMap<>();
        grants.teams().names().forEach(team -> teams.put(team, grants.teams().members(team)));
        return teams;
    }

    private void keep(Actor actor, Grants after, Predicate<String> staying) {
        if (isConfigured()
                || isAdministered(actor, after, staying)
                || !isAdministered(actor, rights.stored(), any -> true)) {
            return;
        }
        throw RegistryException.of(
                ErrorCode.PRECONDITION_FAILED,
                "Nobody would administer the registry any more; make somebody else an administrator first: grant the"
                        + " role admin in **");
    }

    private boolean isConfigured() {
        return rights.configured().all().stream().anyMatch(LastAdministrator::isOfAdministrator);
    }

    private boolean isAdministered(Actor actor, Grants grants, Predicate<String> staying) {
        if (!actor.isOperator()
                && staying.test(actor.name())
                && grants.gives(actor.caller(), Role.ADMIN, NamePattern.all())) {
            return true;
        }
        return grants.all().stream()
                .filter(LastAdministrator::isOfAdministrator)
                .map(Grant::grantee)
                .anyMatch(grantee -> isSomebody(grantee, grants.teams(), staying));
    }

    private boolean isSomebody(Grantee grantee, Teams teams, Predicate<String> staying) {
        if (grantee instanceof Grantee.User user) {
            return staying.test(user.name())
                    && store.person(user.name())
                            .filter(person -> !person.disabled())
                            .isPresent();
        }
        return grantee instanceof Grantee.Group group
                && teams.members(group.name()).stream()
                        .anyMatch(member -> member instanceof Grantee.User && isSomebody(member, teams, staying));
    }

    private static boolean isOfAdministrator(Grant grant) {
        return grant.role() == Role.ADMIN && grant.repositories().equals(NamePattern.all());
    }
}
