package dev.berth.spring;

import dev.berth.registry.access.Grant;
import dev.berth.registry.access.Grantee;
import dev.berth.registry.access.Grants;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.access.Role;
import java.util.ArrayList;
import java.util.List;

/** The rights that the properties give. */
final class Rights {
    private static final String USER = "user:";
    private static final String GROUP = "group:";

    private Rights() {}

    static Grants of(BerthProperties.Access access) {
        List<Grant> grants = new ArrayList<>();
        for (String pattern : access.publicRepositories()) {
            grants.add(new Grant(Grantee.everyone(), NamePattern.parse(pattern), Role.READER));
        }
        if (access.users() != null) {
            grants.add(new Grant(Grantee.authenticated(), NamePattern.all(), access.users()));
        }
        for (BerthProperties.Right right : access.grants()) {
            grants.add(new Grant(grantee(right.who()), NamePattern.parse(right.repositories()), right.role()));
        }
        return Grants.of(grants);
    }

    private static Grantee grantee(String who) {
        if (who.startsWith(USER)) {
            return Grantee.user(who.substring(USER.length()));
        }
        if (who.startsWith(GROUP)) {
            return Grantee.group(who.substring(GROUP.length()));
        }
        return switch (who) {
            case "everyone" -> Grantee.everyone();
            case "authenticated" -> Grantee.authenticated();
            default ->
                throw new IllegalArgumentException("'" + who + "' in berth.access.grants is nobody: write user:NAME,"
                        + " group:AUTHORITY, authenticated or everyone");
        };
    }
}
