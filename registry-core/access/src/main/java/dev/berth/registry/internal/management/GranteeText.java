package dev.berth.registry.internal.management;

import dev.berth.registry.access.Grantee;
import java.util.Set;

/**
 * The text for whoever has a grant: {@code everyone}, {@code authenticated}, {@code team:dev}, a group from outside with
 * its source ({@code ldap:engineers}), otherwise the name of a user.
 */
public final class GranteeText {
    private static final String TEAM = "team:";
    private static final String GROUP = "group:";
    private static final String USER = "user:";
    private static final Set<String> SOURCES = Set.of("ldap", "oidc", "cert");

    private GranteeText() {}

    /**
     * Parses a text.
     *
     * @throws IllegalArgumentException if it is none of these
     */
    public static Grantee parse(String text) {
        return switch (text) {
            case "everyone", "anonymous" -> Grantee.everyone();
            case "authenticated" -> Grantee.authenticated();
            default -> named(text);
        };
    }

    private static Grantee named(String text) {
        if (text.startsWith(TEAM)) {
            return Grantee.group(text.substring(TEAM.length()));
        }
        if (text.startsWith(GROUP)) {
            return Grantee.group(text.substring(GROUP.length()));
        }
        if (text.startsWith(USER)) {
            return Grantee.user(text.substring(USER.length()));
        }
        int colon = text.indexOf(':');
        if (colon < 0) {
            return Grantee.user(text);
        }
        if (SOURCES.contains(text.substring(0, colon)) && colon + 1 < text.length()) {
            return Grantee.group(text);
        }
        throw new IllegalArgumentException(
                "Whoever has a role is everyone, authenticated, the name of a user, team:NAME,"
                        + " ldap:GROUP, oidc:GROUP or cert:UNIT, unlike '" + text + "'");
    }

    /** Returns the text for somebody. */
    public static String of(Grantee grantee) {
        if (grantee instanceof Grantee.User user) {
            return user.name();
        }
        if (grantee instanceof Grantee.Group group) {
            // A team has no colon; a group from outside has its source before one.
            return group.name().indexOf(':') < 0 ? TEAM + group.name() : group.name();
        }
        return grantee.toString();
    }
}
