package dev.berth.registry.account.store;

import dev.berth.registry.access.Grant;
import dev.berth.registry.access.Grantee;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.access.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Changes the accounts of an {@link AccountStore} in the name of somebody, and tells a listener. Whether he may is not
 * checked here. Thread-safe, and safe beside changes by other processes: each is made as a whole, and none is lost.
 *
 * <p>Each method throws a {@link dev.berth.registry.RegistryException}:
 *
 * <ul>
 *   <li>with {@code REQUEST_INVALID} if a name, password or other argument is none that can be used, or a limit is
 *       exceeded; the message says what is allowed, and contains no password;
 *   <li>with {@code PRECONDITION_FAILED} if what is added exists already;
 *   <li>with {@code NOT_FOUND} if what is changed does not exist;
 *   <li>with {@code UNAVAILABLE} or {@code INSUFFICIENT_STORAGE} if the store fails. Then the change may have been made or
 *       not; a removal is finished by trying it again.
 * </ul>
 *
 * @since 0.1
 */
public final class AccountChanges {
    private final PersonChanges people;
    private final ModelChanges model;
    private final CredentialChanges credentials;

    AccountChanges(PersonChanges people, ModelChanges model, CredentialChanges credentials) {
        this.people = people;
        this.model = model;
        this.credentials = credentials;
    }

    /**
     * Adds a person.
     *
     * @param name 1 to 64 letters, digits, {@code .}, {@code _}, {@code -} and {@code @}, beginning with a letter or digit;
     *     not that of an organisation
     * @param password 1 to 72 bytes in UTF-8, without control characters
     */
    public void addPerson(String name, String password) {
        people.add(name, password);
    }

    /** Sets a password. Refresh tokens that were issued before are worth nothing any more; personal tokens stay. */
    public void setPassword(String name, String password) {
        people.setPassword(name, password);
    }

    /**
     * Keeps a person from logging in, with the robots and personal tokens of the person; or lets the person log in again.
     */
    public void setDisabled(String name, boolean disabled) {
        people.setDisabled(name, disabled);
    }

    /**
     * Removes a person, with the membership in teams and organisations, the grants for the name, the robots and the personal
     * tokens. A later person of the same name has nothing of it.
     *
     * @return whether there was one
     */
    public boolean removePerson(String name) {
        return people.remove(name);
    }

    /**
     * Adds an organisation: the owner of the repositories below its name.
     *
     * @param name the first part of the names of these repositories, up to 64 characters; not the name of a person
     */
    public void addOrganisation(String name) {
        model.addOrganisation(name);
    }

    /**
     * Removes an organisation, with its robots and all grants in its repositories. The repositories stay.
     *
     * @return whether there was one
     */
    public boolean removeOrganisation(String name) {
        return model.removeOrganisation(name);
    }

    /** Gives a member of an organisation a role in all of its repositories, instead of an earlier one. */
    public void setMember(String organisation, Grantee member, Role role) {
        model.setMember(organisation, member, role);
    }

    /**
     * Removes a member of an organisation.
     *
     * @return whether it was one
     */
    public boolean removeMember(String organisation, Grantee member) {
        return model.removeMember(organisation, member);
    }

    /**
     * Adds a team.
     *
     * @param team 1 to 128 letters, digits, {@code .}, {@code _}, {@code -}, {@code @} and {@code /}
     */
    public void addTeam(String team) {
        model.addTeam(team);
    }

    /**
     * Removes a team with its grants and its roles in organisations.
     *
     * @return whether there was one
     */
    public boolean removeTeam(String team) {
        return model.removeTeam(team);
    }

    /**
     * Adds a member to a team. Has no effect if it is one.
     *
     * @param member a user, a group from outside, or everybody who is authenticated
     */
    public void addTeamMember(String team, Grantee member) {
        model.addTeamMember(team, member);
    }

    /**
     * Removes a member of a team.
     *
     * @return whether it was one
     */
    public boolean removeTeamMember(String team, Grantee member) {
        return model.removeTeamMember(team, member);
    }

    /** Adds a grant. Has no effect if there is the same one. A team that it is for must exist. */
    public void grant(Grant grant) {
        model.grant(grant);
    }

    /**
     * Takes a grant away.
     *
     * @return whether there was this very grant
     */
    public boolean revoke(Grant grant) {
        return model.revoke(grant);
    }

    /**
     * Adds a robot.
     *
     * @param owner an organisation, or a person, also one from outside
     * @param name 1 to 64 letters, digits, {@code .}, {@code _} and {@code -}
     * @param repositories what it is for: for an organisation, repositories of its own
     */
    public NewSecret addRobot(
            String owner, String name, List<NamePattern> repositories, Role role, Optional<Instant> expires) {
        return credentials.addRobot(owner, name, new Purpose(repositories, role, expires));
    }

    /**
     * Makes another secret for a robot. The newest one before stays good for a while, any older one is not good any more.
     *
     * @param robot the name that it logs in with
     * @param olderStaysGoodFor zero to 365 days
     */
    public NewSecret rotateRobot(String robot, Duration olderStaysGoodFor) {
        return credentials.rotateRobot(robot, olderStaysGoodFor);
    }

    /**
     * Removes a robot.
     *
     * @param robot the name that it logs in with
     * @return whether there was one
     */
    public boolean removeRobot(String robot) {
        return credentials.removeRobot(robot);
    }

    /**
     * Adds a personal token.
     *
     * @param owner a person, also one from outside
     * @param description up to 200 characters
     */
    public NewSecret addPersonalToken(
            String owner, String description, List<NamePattern> repositories, Role role, Optional<Instant> expires) {
        return credentials.addPersonalToken(owner, description, new Purpose(repositories, role, expires));
    }

    /**
     * Removes a personal token.
     *
     * @return whether there was one
     */
    public boolean removePersonalToken(String owner, String id) {
        return credentials.removePersonalToken(owner, id);
    }
}
