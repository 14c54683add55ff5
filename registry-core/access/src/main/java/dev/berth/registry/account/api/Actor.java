package dev.berth.registry.account.api;

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
final class Actor {
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

    static Actor client(Caller caller, AllRights rights, RegistryRequest request) {
        return new Actor(caller, rights, RequestOrigin.of(caller, request), false);
    }

    /** Returns whoever owns the storage. */
    static Actor operator(String name, AllRights rights) {
        return new Actor(Caller.named(name), rights, AuditOrigin.ofCaller(name), true);
    }

    /** Returns who makes the request, and from where, for an audit. */
    AuditOrigin origin() {
        return origin;
    }

    String name() {
        return caller.name();
    }

    Caller caller() {
        return caller;
    }

    /** Returns whether the actor is the person with this name; the operator of the storage is nobody in it. */
    boolean is(String person) {
        return !operator && caller.name().equals(person);
    }

    /**
     * Returns whether an owner of the own name has nothing that the actor has not. Two sources may know somebody by the same
     * name, with other groups.
     */
    boolean hasGroupsOf(Caller owner) {
        return isAdministrator() || caller.groups().containsAll(owner.groups());
    }

    boolean isOperator() {
        return operator;
    }

    boolean isAdministrator() {
        return administers(NamePattern.all());
    }

    boolean administers(NamePattern pattern) {
        return operator || rights.administers(caller, pattern);
    }

    /** Returns whether the actor is an administrator of all repositories of an organisation. */
    boolean administersOrganisation(String organisation) {
        try {
            return administers(NamePattern.parse(organisation + "/**"));
        } catch (IllegalArgumentException e) {
            // No name of an organisation, so nobody's.
            return isAdministrator();
        }
    }

    /** Returns whether the actor manages a team: as an administrator of the organisation that its name begins with. */
    boolean managesTeam(String team) {
        int slash = team.indexOf('/');
        return isAdministrator() || slash > 0 && administersOrganisation(team.substring(0, slash));
    }

    List<NamePattern> administered() {
        return operator ? List.of(NamePattern.all()) : rights.administered(caller);
    }

    Set<String> groups() {
        return rights.groups(caller);
    }

    /** Returns the role of administrators, for messages. */
    static String neededIn(String pattern) {
        return "the role " + Words.of(Role.ADMIN) + " in " + pattern;
    }
}
