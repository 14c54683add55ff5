package dev.berth.registry.account.store;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.access.Grantee;
import dev.berth.registry.internal.json.JsonObject;
import java.util.Set;
import java.util.regex.Pattern;

/** Which names people, teams, organisations and robots may have. */
final class AccountNames {
    private static final Pattern PERSON = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,63}");
    private static final Pattern TEAM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@/-]{0,127}");
    private static final Pattern ROBOT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final int LONGEST_GRANTEE = 255;

    /** Words that would be mistaken for those in grants. */
    private static final Set<String> RESERVED = Set.of("everyone", "authenticated", "anonymous");

    private AccountNames() {}

    static boolean isPerson(String name) {
        return PERSON.matcher(name).matches() && !RESERVED.contains(name);
    }

    static boolean isRobot(String name) {
        return ROBOT.matcher(name).matches();
    }

    static void requirePerson(String name) {
        if (!isPerson(name)) {
            throw invalid(
                    "The name of a person has 1 to 64 letters, digits, '.', '_', '-' and '@', begins with a letter"
                            + " or digit, and is not one of "
                            + RESERVED.stream().sorted().toList() + "; this is none: "
                            + JsonObject.printable(name));
        }
    }

    static void requireTeam(String name) {
        if (!TEAM.matcher(name).matches()) {
            throw invalid(
                    "The name of a team has 1 to 128 letters, digits, '.', '_', '-', '@' and '/', and begins with a"
                            + " letter or digit; this is none: " + JsonObject.printable(name));
        }
    }

    static void requireOrganisation(String name) {
        try {
            if (RepositoryName.parse(name).value().indexOf('/') < 0
                    && !RESERVED.contains(name)
                    && name.length() <= 64) {
                return;
            }
        } catch (IllegalArgumentException e) {
            // Says the same below.
        }
        throw invalid(
                "The name of an organisation is one part of the name of a repository, such as acme, with at most 64"
                        + " characters: lower-case letters and digits, separated by '.', '_', '__' or '-'; this is none: "
                        + JsonObject.printable(name));
    }

    static void requireRobot(String name) {
        if (!isRobot(name)) {
            throw invalid("The name of a robot, after its owner and '+', has 1 to 64 letters, digits, '.', '_' and '-',"
                    + " and begins with a letter or digit; this is none: " + JsonObject.printable(name));
        }
    }

    /** Requires a user or a group whose name can be stored. */
    static void requireGrantee(Grantee grantee) {
        String text = grantee.toString();
        if (text.length() > LONGEST_GRANTEE || text.chars().anyMatch(Character::isISOControl)) {
            throw invalid("The name of a user or a group has at most " + LONGEST_GRANTEE
                    + " characters and no control character");
        }
    }

    static RegistryException invalid(String message) {
        return RegistryException.of(ErrorCode.REQUEST_INVALID, message);
    }

    static RegistryException missing(String message) {
        return RegistryException.of(ErrorCode.NOT_FOUND, message);
    }

    static RegistryException exists(String message) {
        return RegistryException.of(ErrorCode.PRECONDITION_FAILED, message);
    }
}
