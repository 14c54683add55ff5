package dev.berth.examples.standalone.configuration;

import dev.berth.examples.standalone.cli.CommandException;
import dev.berth.examples.standalone.configuration.values.YamlNode;
import dev.berth.registry.access.Grantee;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.access.Role;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The words of the section {@code access}: {@code everyone}, {@code authenticated}, {@code alice}, {@code team:dev},
 * {@code ldap:engineers}; roles; patterns.
 */
final class AccessWords {
    private static final String EVERYONE = "everyone";
    private static final String AUTHENTICATED = "authenticated";
    private static final String TEAM = "team";
    private static final String USER = "user";

    /** Sources of groups from outside: they stay before the names of the groups. */
    private static final Set<String> SOURCES = Set.of("ldap", "oidc", "cert");

    private static final Set<String> PREFIXES =
            Stream.concat(SOURCES.stream(), Stream.of(TEAM, USER)).collect(Collectors.toUnmodifiableSet());

    private static final Set<String> ROLES = Stream.of(Role.values())
            .map(role -> role.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());

    private final Set<String> teams;

    AccessWords(Set<String> teams) {
        this.teams = teams;
    }

    /** Parses who has a grant. */
    Grantee grantee(String path, String text) {
        if (text.equalsIgnoreCase(EVERYONE)) {
            return Grantee.everyone();
        }
        if (text.startsWith(TEAM + ":")) {
            return team(path, text.substring(TEAM.length() + 1));
        }
        return member(path, text);
    }

    private Grantee team(String path, String name) {
        if (teams.isEmpty()) {
            throw new CommandException(
                    "The team '" + name + "' of " + path + " is unknown: there are no teams; add it to access.teams.");
        }
        if (!teams.contains(name)) {
            throw new CommandException(
                    "The team '" + name + "' of " + path + " is unknown" + YamlNode.meant(name, teams));
        }
        return Grantee.group(name);
    }

    /** Parses a member of a team: a user, a group from outside, or everybody who is authenticated. */
    static Grantee member(String path, String text) {
        if (text.equalsIgnoreCase(AUTHENTICATED)) {
            return Grantee.authenticated();
        }
        if (text.equalsIgnoreCase(EVERYONE)) {
            throw new CommandException("The setting " + path + " has '" + EVERYONE
                    + "', which is no member of a team; give everyone a grant of their own.");
        }
        int colon = text.indexOf(':');
        if (colon < 0) {
            return Grantee.user(text);
        }
        String prefix = text.substring(0, colon);
        String name = text.substring(colon + 1).strip();
        if (!PREFIXES.contains(prefix)) {
            throw new CommandException(
                    "The word '" + prefix + ":' of " + path + " is unknown" + YamlNode.meant(prefix, PREFIXES));
        }
        if (name.isEmpty()) {
            throw new CommandException("The setting " + path + " has no name after '" + prefix + ":'.");
        }
        if (prefix.equals(TEAM)) {
            throw new CommandException("The team '" + name + "' is a member of another team in " + path
                    + ", which cannot be; name its members there.");
        }
        return prefix.equals(USER) ? Grantee.user(name) : Grantee.group(text);
    }

    /** Checks the name of a team. One with a colon could be taken for a group from outside. */
    static void requireTeamName(String path, String name) {
        if (name.isBlank() || name.indexOf(':') >= 0 || !name.equals(name.strip())) {
            throw new CommandException("The setting " + path + " names no team: a name has no colon; write it as dev.");
        }
    }

    static NamePattern pattern(String path, String text) {
        try {
            return NamePattern.parse(text);
        } catch (IllegalArgumentException e) {
            throw new CommandException("The pattern '" + text + "' of " + path + " is wrong: " + e.getMessage() + ".");
        }
    }

    static Role role(YamlNode node) {
        String text = node.text().toLowerCase(Locale.ROOT);
        if (!ROLES.contains(text)) {
            throw new CommandException(
                    "The role '" + node.text() + "' of " + node.path() + " is unknown" + YamlNode.meant(text, ROLES));
        }
        return Role.valueOf(text.toUpperCase(Locale.ROOT));
    }
}
