package dev.berth.registry.access;

import dev.berth.registry.server.Caller;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * Teams: names for several callers, so that a {@link Grant} can name them together. A team is a group of the caller for
 * {@link Grantee#group}. Its members are users, groups from outside, or everybody who is authenticated; a team is no member
 * of another one. Immutable.
 *
 * @since 0.1
 */
public final class Teams {
    private static final Teams NONE = new Teams(Map.of());

    private final Map<String, Set<Grantee>> members;
    private final Map<Grantee, Set<String>> teams = new HashMap<>();

    private Teams(Map<String, Set<Grantee>> members) {
        Map<String, Set<Grantee>> copy = new LinkedHashMap<>();
        members.forEach((team, theirs) -> copy.put(Objects.requireNonNull(team, "team"), Set.copyOf(theirs)));
        this.members = Map.copyOf(copy);
        this.members.forEach((team, theirs) -> theirs.forEach(
                member -> teams.computeIfAbsent(member, any -> new HashSet<>()).add(team)));
    }

    /** Returns no teams. */
    public static Teams none() {
        return NONE;
    }

    /** Returns teams with these members, by their names. */
    public static Teams of(Map<String, Set<Grantee>> members) {
        return new Teams(members);
    }

    /** Returns the names of the teams, in order. */
    public Set<String> names() {
        return new TreeSet<>(members.keySet());
    }

    /** Returns the members of a team; none if there is no such team. */
    public Set<Grantee> members(String team) {
        return members.getOrDefault(team, Set.of());
    }

    /** Returns the caller with the teams that it is a member of among its groups. */
    public Caller join(Caller caller) {
        if (teams.isEmpty() || caller.isAnonymous()) {
            return caller;
        }
        Caller.Builder joined = caller.toBuilder();
        Grantee.of(caller).forEach(identity -> joined.groups(teams.getOrDefault(identity, Set.of())));
        return joined.build();
    }

    @Override
    public String toString() {
        return members.toString();
    }
}
