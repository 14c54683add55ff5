package dev.berth.examples.standalone.accounts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.examples.standalone.cli.CommandGroup;
import dev.berth.examples.standalone.cli.Table;
import java.io.IOException;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code berth access}: who may what, and why. */
@Command(
        name = "access",
        description = "Says and decides who may do what in which repositories.",
        footer = {
            "",
            "Roles: reader (pull), writer (pull, push), maintainer (pull, push, delete), admin (all of it, and managing).",
            "WHO is a user, team:NAME, ldap:GROUP, oidc:GROUP, authenticated or everyone.",
            "PATTERN is a repository such as team/app, 'team/*' for what is directly below, 'team/**' for everything",
            "below, or '**' for all; quote it, the shell has its own idea of a star.",
            "",
            "Examples:",
            "  berth access grant team:dev 'dev/**' writer --registry localhost:5000",
            "  berth access public 'library/**' --registry localhost:5000",
            "  berth access explain alice dev/app --registry localhost:5000",
            "  berth access explain acme+ci acme/app --may push --storage /var/lib/berth && echo yes"
        },
        subcommands = {
            AccessCommand.WhoAmI.class,
            ExplainCommand.class,
            AccessCommand.ListGrants.class,
            AccessCommand.GrantRole.class,
            AccessCommand.RevokeRole.class,
            AccessCommand.Public.class,
            AccessCommand.Private.class
        })
public final class AccessCommand extends CommandGroup {
    private static final String GRANTS = "grants";
    private static final String EVERYONE = "everyone";
    private static final String READER = "reader";

    private static void revoke(Management management, String who, String repositories, String role) throws IOException {
        management.delete(GRANTS, "to", who, "repositories", repositories, "role", role);
    }

    @Command(name = "whoami", description = "Says who you are to the registry, and what you administer.")
    static final class WhoAmI extends AccountCommand {
        @Override
        int run(Management management) throws IOException {
            JsonNode me = management.get("whoami");
            if (!printed(me)) {
                done("You are " + me.path("name").asText()
                        + (me.path("administrator").asBoolean() ? ", an administrator of the registry" : "") + ".");
                print("Teams and groups", me.path("groups"));
                print("Administers", me.path("administers"));
            }
            return 0;
        }

        private void print(String what, JsonNode texts) {
            if (!texts.isEmpty()) {
                done(what + ": " + joined(texts));
            }
        }
    }

    @Command(name = "grants", description = "Lists who has which role where, as far as you administer it.")
    static final class ListGrants extends AccountCommand {
        @Override
        int run(Management management) throws IOException {
            JsonNode content = management.get(GRANTS);
            if (!printed(content)) {
                Table table = new Table("REPOSITORIES", "WHO", "ROLE", "FROM");
                for (JsonNode grant : content.path(GRANTS)) {
                    table.row(
                            grant.path("repositories").asText(),
                            grant.path("to").asText(),
                            grant.path("role").asText(),
                            grant.path("source").asText());
                }
                table.print(out());
            }
            return 0;
        }
    }

    /** A command about a role. */
    abstract static class OfGrant extends AccountCommand {
        @Parameters(index = "0", paramLabel = "WHO", description = "Who.")
        @SuppressWarnings("NullAway.Init") // picocli sets it
        String who;

        @Parameters(index = "1", paramLabel = "PATTERN", description = "In which repositories.")
        @SuppressWarnings("NullAway.Init") // picocli sets it
        String repositories;

        @Parameters(index = "2", paramLabel = "ROLE", description = "reader, writer, maintainer or admin.")
        @SuppressWarnings("NullAway.Init") // picocli sets it
        String role;

        @Override
        final void check() {
            pattern(repositories);
            role = role(role);
        }
    }

    @Command(name = "grant", description = "Gives somebody a role in repositories. Roles add up.")
    static final class GrantRole extends OfGrant {
        @Override
        int run(Management management) throws IOException {
            JsonNode added = management.post(
                    GRANTS, Management.object(Map.of("to", who, "repositories", repositories, "role", role)));
            return printed(added) ? 0 : done(who + " has the role " + role + " in " + repositories + ".");
        }
    }

    @Command(name = "revoke", description = "Takes a role away that was given in the same words.")
    static final class RevokeRole extends OfGrant {
        @Override
        int run(Management management) throws IOException {
            revoke(management, who, repositories, role);
            return done(who + " has not the role " + role + " in " + repositories + " any more.");
        }
    }

    /** A command about public repositories. */
    abstract static class OfPattern extends AccountCommand {
        @Parameters(paramLabel = "PATTERN", description = "Which repositories.")
        @SuppressWarnings("NullAway.Init") // picocli sets it
        String repositories;

        @Override
        final void check() {
            pattern(repositories);
        }
    }

    @Command(name = "public", description = "Lets everyone pull, also without logging in.")
    static final class Public extends OfPattern {
        @Override
        int run(Management management) throws IOException {
            JsonNode added = management.post(
                    GRANTS, Management.object(Map.of("to", EVERYONE, "repositories", repositories, "role", READER)));
            return printed(added) ? 0 : done("Everyone may pull from " + repositories + ".");
        }
    }

    @Command(name = "private", description = "Takes back what 'public' said of the same pattern.")
    static final class Private extends OfPattern {
        @Override
        int run(Management management) throws IOException {
            revoke(management, EVERYONE, repositories, READER);
            return done("Only who has a role may pull from " + repositories + " now.");
        }
    }
}
