package dev.berth.examples.standalone.configuration;

import dev.berth.examples.standalone.cli.CommandException;
import dev.berth.examples.standalone.configuration.values.SettingValues;
import dev.berth.examples.standalone.configuration.values.YamlNode;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.access.Grant;
import dev.berth.registry.access.Grantee;
import dev.berth.registry.access.Grants;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.access.Role;
import dev.berth.registry.access.Teams;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads who may do what: public repositories, organisations, teams and grants. */
final class AccessModelReader {
    static final String PUBLIC = AccessReader.SECTION + ".public";

    private static final Set<String> GRANT = Set.of("to", "repositories", "role");

    private final SettingValues values;
    private final YamlNode section;

    AccessModelReader(SettingValues values, YamlNode section) {
        this.values = values;
        this.section = section;
    }

    /** Reads all of it. The teams of a grant must be known. */
    Grants read() {
        Map<String, Set<Grantee>> teams = teams();
        AccessWords words = new AccessWords(teams.keySet());
        List<Grant> grants = new ArrayList<>();
        for (String pattern : values.list(PUBLIC)) {
            grants.add(new Grant(Grantee.everyone(), AccessWords.pattern(PUBLIC, pattern), Role.READER));
        }
        section.child("organisations").entries().forEach((name, members) -> {
            NamePattern repositories = NamePattern.below(organisation(name, members.path()));
            members.entries()
                    .forEach((member, role) -> grants.add(
                            new Grant(words.grantee(role.path(), member), repositories, AccessWords.role(role))));
        });
        for (YamlNode grant : section.child("grants").elements()) {
            addGrant(grant, words, grants);
        }
        return Grants.of(Teams.of(teams), grants);
    }

    private Map<String, Set<Grantee>> teams() {
        Map<String, Set<Grantee>> teams = new LinkedHashMap<>();
        section.child("teams").entries().forEach((name, members) -> {
            AccessWords.requireTeamName(members.path(), name);
            Set<Grantee> grantees = new LinkedHashSet<>();
            for (YamlNode member : members.elements()) {
                grantees.add(AccessWords.member(member.path(), member.text()));
            }
            teams.put(name, grantees);
        });
        return teams;
    }

    private static RepositoryName organisation(String name, String path) {
        try {
            if (name.indexOf('/') < 0) {
                return RepositoryName.parse(name);
            }
        } catch (IllegalArgumentException e) {
            // The same sentence.
        }
        throw new CommandException("The setting " + path
                + " names no organisation: that is the first part of the names of" + " repositories, such as acme.");
    }

    private static void addGrant(YamlNode node, AccessWords words, List<Grant> grants) {
        Map<String, YamlNode> fields = node.fields(GRANT);
        YamlNode grantees = needed("to", fields, node);
        YamlNode patterns = needed("repositories", fields, node);
        Role role = AccessWords.role(needed("role", fields, node));
        for (YamlNode to : grantees.elements()) {
            Grantee grantee = words.grantee(to.path(), to.text());
            for (YamlNode pattern : patterns.elements()) {
                grants.add(new Grant(grantee, AccessWords.pattern(pattern.path(), pattern.text()), role));
            }
        }
    }

    private static YamlNode needed(String key, Map<String, YamlNode> fields, YamlNode grant) {
        YamlNode field = fields.get(key);
        if (field == null || field.elements().isEmpty()) {
            throw new CommandException("The setting " + grant.path() + " lacks '" + key
                    + "'; a grant is written as {to: 'team:dev', repositories: ['dev/**'], role: writer}.");
        }
        return field;
    }
}
