package dev.berth.registry.internal.management;

import dev.berth.registry.access.NamePattern;
import dev.berth.registry.access.RequestOrigin;
import dev.berth.registry.access.Role;
import dev.berth.registry.audit.AuditOrigin;
import dev.berth.registry.internal.objects.Words;
import dev.berth.registry.server.Caller;
import dev.berth.registry.server.RegistryRequest;
import java.util.List;
import java.util.Set;

/** Who makes a request, and what it may manage now. Used for one request. */
public final class Actor {
    private final Caller caller;
    private final AllRights rights;
    private final AuditOrigin origin;
    private final boolean operator;

    private Actor(Caller caller, AllRights rights, AuditOrigin origin, boolean operator) {
        this.caller = caller;
        this.rights = rights;
        this.origin = origin;
        this.operator = operator;
    }

    /** Returns somebody who has logged in. */
    public static Actor client(Caller caller, AllRights rights, RegistryRequest request) {
        return new Actor(caller, rights, RequestOrigin.of(caller, request), false);
    }

    /** Returns whoever owns the storage. */
    public static Actor operator(String name, AllRights rights) {
        return new Actor(Caller.named(name), rights, AuditOrigin.ofCaller(name), true);
    }

    /** Returns who makes the request, and from where, for an audit. */
    public AuditOrigin origin() {
        return origin;
    }

    /** Returns the name of the account. */
    public String name() {
        return caller.name();
    }

    /** Returns the account. */
    public Caller caller() {
        return caller;
    }

    /** Returns whether the actor is the person with this name; the operator of the storage is nobody in it. */
    public boolean is(String person) {
        return !operator && caller.name().equals(person);
    }

    /**
     * Returns whether an owner of the own name has nothing that the actor has not. Two sources may know somebody by the same
     * name, with other groups.
     */
    public boolean hasGroupsOf(Caller owner) {
        return isAdministrator() || caller.groups().containsAll(owner.groups());
    }

    /** Returns whether the actor owns the storage itself. */
    public boolean isOperator() {
        return operator;
    }

    /** Returns whether the actor administers all repositories. */
    public boolean isAdministrator() {
        return administers(NamePattern.all());
    }

    /** Returns whether the actor administers all that the pattern matches. */
    public boolean administers(NamePattern pattern) {
        return operator || rights.administers(caller, pattern);
    }

    /** Returns whether the actor is an administrator of all repositories of an organisation. */
    public boolean administersOrganisation(String organisation) {
        try {
            return administers(NamePattern.parse(organisation + "/**"));
        } catch (IllegalArgumentException e) {
            // No name of an organisation, so nobody's.
            return isAdministrator();
        }
    }

    /** Returns whether the actor manages a team: as an administrator of the organisation that its name begins with. */
    public boolean managesTeam(String team) {
        int slash = team.indexOf('/');
        return isAdministrator() || slash > 0 && administersOrganisation(team.substring(0, slash));
    }

    /** Returns the patterns of which the actor is an administrator. */
    public List<NamePattern> administered() {
        return operator ? List.of(NamePattern.all()) : rights.administered(caller);
    }

    /** Returns the groups of the actor, its teams included. */
    public Set<String> groups() {
        return rights.groups(caller);
    }

    /** Returns the role of administrators, for messages. */
    public static String neededIn(String pattern) {
        return "the role " + Words.of(Role.ADMIN) + " in " + pattern;
    }
}
