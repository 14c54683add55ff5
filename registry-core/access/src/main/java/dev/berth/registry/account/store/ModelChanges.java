package dev.berth.registry.account.store;

import dev.berth.registry.access.Grant;
import dev.berth.registry.access.Grantee;
import dev.berth.registry.access.Role;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.Predicate;

/** Changes organisations, teams and grants. Thread-safe. */
final class ModelChanges {
    private final Models models;
    private final People people;
    private final Robots robots;
    private final InstantSource clock;
    private final ChangeEvents events;

    ModelChanges(Models models, People people, Robots robots, AccountStoreOptions options, ChangeEvents events) {
        this.models = models;
        this.people = people;
        this.robots = robots;
        this.clock = options.clock();
        this.events = events;
    }

    void addOrganisation(String name) {
        AccountNames.requireOrganisation(name);
        people.refresh(name);
        if (people.record(name).isPresent()) {
            throw AccountNames.exists("There is a person '" + name + "'; an organisation needs another name");
        }
        String id = UUID.randomUUID().toString();
        Instant now = clock.instant();
        if (!models.edit(model -> model.addOrganisation(name, id, now))) {
            throw AccountNames.exists("There is an organisation '" + name + "' already");
        }
        events.changed(organisation(name), "organisation added");
    }

    boolean removeOrganisation(String name) {
        if (!models.edit(model -> model.removeOrganisation(name))) {
            return false;
        }
        // They are worth nothing already.
        robots.removeOrphans(name);
        events.changed(organisation(name), "organisation removed, with its robots and the grants in its repositories");
        return true;
    }

    void setMember(String organisation, Grantee member, Role role) {
        requireMember(member);
        edit("There is no organisation '" + organisation + "'", model -> {
            requireTeam(model, member);
            return model.setMember(organisation, member, role);
        });
        events.changed(organisation(organisation), member + " is " + role);
    }

    boolean removeMember(String organisation, Grantee member) {
        boolean removed = models.edit(model -> model.removeMember(organisation, member));
        if (removed) {
            events.changed(organisation(organisation), member + " removed");
        }
        return removed;
    }

    void addTeam(String team) {
        AccountNames.requireTeam(team);
        if (!models.edit(model -> model.addTeam(team))) {
            throw AccountNames.exists("There is a team '" + team + "' already");
        }
        events.changed(team(team), "team added");
    }

    boolean removeTeam(String team) {
        boolean removed = models.edit(model -> model.removeTeam(team));
        if (removed) {
            events.changed(team(team), "team removed, with all its rights");
        }
        return removed;
    }

    void addTeamMember(String team, Grantee member) {
        requireMember(member);
        if (member instanceof Grantee.Group group && group.name().indexOf(':') < 0) {
            throw AccountNames.invalid("A team cannot be a member of a team; a group from outside has its source before"
                    + " its name, such as ldap:engineers");
        }
        edit("There is no team '" + team + "'", model -> model.addTeamMember(team, member));
        events.changed(team(team), member + " added");
    }

    boolean removeTeamMember(String team, Grantee member) {
        boolean removed = models.edit(model -> model.removeTeamMember(team, member));
        if (removed) {
            events.changed(team(team), member + " removed");
        }
        return removed;
    }

    void grant(Grant grant) {
        AccountNames.requireGrantee(grant.grantee());
        boolean added = models.edit(model -> {
            requireTeam(model, grant.grantee());
            return model.grant(grant);
        });
        if (added) {
            events.changed(grant.repositories().toString(), grant.grantee() + " is " + grant.role());
        }
    }

    boolean revoke(Grant grant) {
        boolean revoked = models.edit(model -> model.revoke(grant));
        if (revoked) {
            events.changed(grant.repositories().toString(), grant.grantee() + " is no longer " + grant.role());
        }
        return revoked;
    }

    private void edit(String missing, Predicate<ModelEdit> edit) {
        models.edit(model -> {
            if (!edit.test(model)) {
                throw AccountNames.missing(missing);
            }
            return true;
        });
    }

    /** Members are users and groups: what everyone may is granted. */
    private static void requireMember(Grantee member) {
        AccountNames.requireGrantee(member);
        if (member instanceof Grantee.Everyone) {
            throw AccountNames.invalid(
                    "Everyone is a member of nothing; grant a role in repositories to everyone instead");
        }
    }

    /** A team that does not exist would have these rights as soon as somebody adds it. */
    private static void requireTeam(ModelEdit model, Grantee grantee) {
        if (grantee instanceof Grantee.Group group && group.name().indexOf(':') < 0 && !model.hasTeam(group.name())) {
            throw AccountNames.missing("There is no team '" + group.name() + "'");
        }
    }

    private static String organisation(String name) {
        return "organisation:" + name;
    }

    private static String team(String name) {
        return "team:" + name;
    }
}
