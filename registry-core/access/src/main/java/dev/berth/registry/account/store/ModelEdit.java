package dev.berth.registry.account.store;

import dev.berth.registry.access.Grant;
import dev.berth.registry.access.Grantee;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.access.Role;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A model that is being changed. Each method returns whether it changed something. Not thread-safe. */
final class ModelEdit {
    private final Map<String, Model.Home> organisations;
    private final Map<String, Set<Grantee>> teams = new HashMap<>();
    private final Set<Grant> grants;
    private int highestCost;

    ModelEdit(Model model) {
        this.organisations = new HashMap<>(model.organisations());
        model.teams().forEach((team, members) -> teams.put(team, new HashSet<>(members)));
        this.grants = new LinkedHashSet<>(model.grants());
        this.highestCost = model.highestCost();
    }

    Model build() {
        return new Model(organisations, teams, grants, highestCost);
    }

    boolean hasTeam(String team) {
        return teams.containsKey(team);
    }

    boolean addOrganisation(String name, String id, Instant created) {
        return organisations.putIfAbsent(name, new Model.Home(id, created, Map.of())) == null;
    }

    /** Removes an organisation and what was granted in its repositories. */
    boolean removeOrganisation(String name) {
        if (organisations.remove(name) == null) {
            return false;
        }
        NamePattern repositories = Model.repositoriesOf(name);
        grants.removeIf(grant -> repositories.includes(grant.repositories()));
        return true;
    }

    /** Returns whether there is such an organisation; its member then has the role. */
    boolean setMember(String organisation, Grantee member, Role role) {
        return organisations.computeIfPresent(organisation, (name, home) -> {
                    Map<Grantee, Role> members = new HashMap<>(home.members());
                    members.put(member, role);
                    return new Model.Home(home.id(), home.created(), members);
                })
                != null;
    }

    boolean removeMember(String organisation, Grantee member) {
        Model.Home home = organisations.get(organisation);
        if (home == null || !home.members().containsKey(member)) {
            return false;
        }
        Map<Grantee, Role> members = new HashMap<>(home.members());
        members.remove(member);
        organisations.put(organisation, new Model.Home(home.id(), home.created(), members));
        return true;
    }

    boolean addTeam(String team) {
        return teams.putIfAbsent(team, new HashSet<>()) == null;
    }

    /** Removes a team and all rights that it has. */
    boolean removeTeam(String team) {
        if (teams.remove(team) == null) {
            return false;
        }
        removeRights(Grantee.group(team));
        return true;
    }

    /** Returns whether there is such a team; it then has the member. */
    boolean addTeamMember(String team, Grantee member) {
        return teams.computeIfPresent(team, (name, members) -> {
                    members.add(member);
                    return members;
                })
                != null;
    }

    boolean removeTeamMember(String team, Grantee member) {
        Set<Grantee> members = teams.get(team);
        return members != null && members.remove(member);
    }

    boolean grant(Grant grant) {
        return grants.add(grant);
    }

    boolean revoke(Grant grant) {
        return grants.remove(grant);
    }

    /** Removes somebody from all teams and organisations, and all grants. */
    boolean removeEverywhere(Grantee grantee) {
        boolean changed = removeRights(grantee);
        for (Set<Grantee> members : teams.values()) {
            changed |= members.remove(grantee);
        }
        return changed;
    }

    private boolean removeRights(Grantee grantee) {
        boolean changed = grants.removeIf(grant -> grant.grantee().equals(grantee));
        List<String> names = new ArrayList<>(organisations.keySet());
        for (String organisation : names) {
            changed |= removeMember(organisation, grantee);
        }
        return changed;
    }

    boolean raiseCost(int cost) {
        boolean higher = cost > highestCost;
        highestCost = Math.max(cost, highestCost);
        return higher;
    }
}
