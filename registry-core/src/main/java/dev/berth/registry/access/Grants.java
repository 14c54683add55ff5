package dev.berth.registry.access;

import dev.berth.registry.RepositoryName;
import dev.berth.registry.server.Caller;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A policy that consists of {@linkplain Grant grants}. Whoever has no grant may do nothing. Immutable.
 *
 * @since 0.1
 */
public final class Grants implements AccessPolicy {
    private final Teams teams;
    private final List<Grant> grants;
    private final Map<Grantee, Map<Action, NameSet>> names = new HashMap<>();

    private Grants(Teams teams, Collection<Grant> grants) {
        this.teams = Objects.requireNonNull(teams, "teams");
        this.grants = List.copyOf(grants);
        Map<Grantee, List<Grant>> byGrantee = new HashMap<>();
        for (Grant grant : this.grants) {
            byGrantee
                    .computeIfAbsent(grant.grantee(), grantee -> new ArrayList<>())
                    .add(grant);
        }
        byGrantee.forEach((grantee, theirs) -> names.put(grantee, namesByAction(theirs)));
    }

    /** Returns the policy that consists of these grants. */
    public static Grants of(Collection<Grant> grants) {
        return of(Teams.none(), grants);
    }

    /** Returns the policy that consists of these grants, some of which are for these teams. */
    public static Grants of(Teams teams, Collection<Grant> grants) {
        return new Grants(teams, grants);
    }

    /** Returns the policy that consists of these grants. */
    public static Grants of(Grant... grants) {
        return of(List.of(grants));
    }

    private static Map<Action, NameSet> namesByAction(List<Grant> grants) {
        Map<Action, NameSet> names = new EnumMap<>(Action.class);
        for (Action action : Action.values()) {
            names.put(
                    action,
                    NameSet.of(grants.stream()
                            .filter(grant -> grant.role().allows(action))
                            .map(Grant::repositories)
                            .toList()));
        }
        return names;
    }

    @Override
    public boolean allows(Caller caller, Action action, RepositoryName repository) {
        return grantees(caller).stream()
                .anyMatch(grantee -> names(grantee, action).contains(repository));
    }

    @Override
    public NameSet readable(Caller caller) {
        return grantees(caller).stream()
                .map(grantee -> names(grantee, Action.PULL))
                .reduce(NameSet.none(), NameSet::or);
    }

    private Set<Grantee> grantees(Caller caller) {
        return Grantee.of(teams.join(caller));
    }

    private NameSet names(Grantee grantee, Action action) {
        return names.getOrDefault(grantee, Map.of()).getOrDefault(action, NameSet.none());
    }

    /** Returns the grants that the caller has in a repository: why it may do what it may. */
    public List<Grant> of(Caller caller, RepositoryName repository) {
        Set<Grantee> grantees = grantees(caller);
        return grants.stream()
                .filter(grant -> grantees.contains(grant.grantee()))
                .filter(grant -> grant.repositories().matches(repository))
                .toList();
    }

    /**
     * Returns whether one grant gives the caller a role, or one that includes it, in everything that a pattern matches.
     * What several grants give together in parts of the pattern does not count.
     */
    public boolean gives(Caller caller, Role role, NamePattern everywhereIn) {
        Set<Grantee> grantees = grantees(caller);
        return grants.stream()
                .anyMatch(grant -> grant.role().compareTo(role) >= 0
                        && grantees.contains(grant.grantee())
                        && grant.repositories().includes(everywhereIn));
    }

    /** Returns the teams. */
    public Teams teams() {
        return teams;
    }

    /** Returns all grants. */
    public List<Grant> all() {
        return grants;
    }

    /** Returns the grants. */
    @Override
    public String toString() {
        return grants.toString();
    }
}
