package dev.berth.registry.account.store;

import dev.berth.registry.access.Grant;
import dev.berth.registry.access.Grantee;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.access.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Changes accounts in the name of somebody, and tells a listener. */
public final class AccountChanges {
    AccountChanges() {}

    /** Adds a person. */
    public void addPerson(String name, String password) {
        throw new UnsupportedOperationException();
    }

    /** Changes a password. */
    public void setPassword(String name, String password) {
        throw new UnsupportedOperationException();
    }

    /** Removes a person. */
    public boolean removePerson(String name) {
        throw new UnsupportedOperationException();
    }

    /** Adds an organisation. */
    public void addOrganisation(String name) {
        throw new UnsupportedOperationException();
    }

    /** Removes an organisation. */
    public boolean removeOrganisation(String name) {
        throw new UnsupportedOperationException();
    }

    /** Gives a member of an organisation a role in it. */
    public void setMember(String organisation, Grantee member, Role role) {
        throw new UnsupportedOperationException();
    }

    /** Removes a member of an organisation. */
    public boolean removeMember(String organisation, Grantee member) {
        throw new UnsupportedOperationException();
    }

    /** Adds a team. */
    public void addTeam(String team) {
        throw new UnsupportedOperationException();
    }

    /** Removes a team with its grants. */
    public boolean removeTeam(String team) {
        throw new UnsupportedOperationException();
    }

    /** Adds a member to a team. */
    public void addTeamMember(String team, Grantee member) {
        throw new UnsupportedOperationException();
    }

    /** Removes a member of a team. */
    public boolean removeTeamMember(String team, Grantee member) {
        throw new UnsupportedOperationException();
    }

    /** Adds a grant. */
    public void grant(Grant grant) {
        throw new UnsupportedOperationException();
    }

    /** Takes a grant away. */
    public boolean revoke(Grant grant) {
        throw new UnsupportedOperationException();
    }

    /** Adds a robot. */
    public NewSecret addRobot(
            String owner, String name, List<NamePattern> repositories, Role role, Optional<Instant> expires) {
        throw new UnsupportedOperationException();
    }

    /** Makes another secret for a robot; the older one stays good for a while. */
    public NewSecret rotateRobot(String robot, Duration olderStaysGoodFor) {
        throw new UnsupportedOperationException();
    }

    /** Removes a robot. */
    public boolean removeRobot(String robot) {
        throw new UnsupportedOperationException();
    }

    /** Adds a personal token. */
    public NewSecret addPersonalToken(
            String owner, String description, List<NamePattern> repositories, Role role, Optional<Instant> expires) {
        throw new UnsupportedOperationException();
    }

    /** Removes a personal token. */
    public boolean removePersonalToken(String owner, String id) {
        throw new UnsupportedOperationException();
    }
}
