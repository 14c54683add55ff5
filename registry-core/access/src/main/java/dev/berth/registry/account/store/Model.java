package dev.berth.registry.account.store;

import dev.berth.registry.RepositoryName;
import dev.berth.registry.access.Grant;
import dev.berth.registry.access.Grantee;
import dev.berth.registry.access.Grants;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.access.Role;
import dev.berth.registry.access.Teams;
import dev.berth.registry.internal.objects.Format;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The teams, the organisations and the grants, which are stored as one object. Immutable. */
final class Model {
    static final Format<Model> FORMAT = new ModelFormat();
    static final Model EMPTY = new Model(Map.of(), Map.of(), List.of(), 0);

    private static final String ORGANISATION_GROUP = "organisation:";

    private final Map<String, Home> organisations;
    private final Map<String, Set<Grantee>> teams;
    private final Set<Grant> grants;
    private final int highestCost;
    private final Grants policy;

    /**
     * An organisation.
     *
     * @param id another one for a later organisation of the same name
     * @param created when it was added
     * @param members the roles of its members
     */
    record Home(String id, Instant created, Map<Grantee, Role> members) {
        Home {
            members = Map.copyOf(members);
        }
    }

    /** @param highestCost the highest cost that the hash of a password ever had */
    Model(Map<String, Home> organisations, Map<String, Set<Grantee>> teams, Collection<Grant> grants, int highestCost) {
        this.organisations = Collections.unmodifiableMap(new TreeMap<>(organisations));
        Map<String, Set<Grantee>> copy = new TreeMap<>();
        teams.forEach((team, members) -> copy.put(team, Set.copyOf(members)));
        this.teams = Collections.unmodifiableMap(copy);
        this.grants = Collections.unmodifiableSet(new LinkedHashSet<>(grants));
        this.highestCost = highestCost;
        this.policy = Grants.of(Teams.of(this.teams), expanded());
    }

    private List<Grant> expanded() {
        List<Grant> all = new ArrayList<>(grants);
        organisations.forEach((name, organisation) -> {
            NamePattern repositories = repositoriesOf(name);
            // The organisation itself may do everything: it is what its robots are, within their limits.
            all.add(new Grant(Grantee.group(groupOf(name)), repositories, Role.ADMIN));
            organisation.members.forEach((member, role) -> all.add(new Grant(member, repositories, role)));
        });
        return all;
    }

    /** Returns the repositories of an organisation. */
    static NamePattern repositoriesOf(String organisation) {
        return NamePattern.below(RepositoryName.parse(organisation));
    }

    /** Returns the group that the robots of an organisation are in. No team can have its name. */
    static String groupOf(String organisation) {
        return ORGANISATION_GROUP + organisation;
    }

    Map<String, Home> organisations() {
        return organisations;
    }

    Map<String, Set<Grantee>> teams() {
        return teams;
    }

    Set<Grant> grants() {
        return grants;
    }

    int highestCost() {
        return highestCost;
    }

    /** Returns the policy that this is. */
    Grants policy() {
        return policy;
    }
}
