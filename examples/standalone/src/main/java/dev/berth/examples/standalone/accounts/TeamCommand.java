package dev.berth.examples.standalone.accounts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.examples.standalone.cli.CommandGroup;
import dev.berth.examples.standalone.cli.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code berth team}: teams and their members. */
@Command(
        name = "team",
        description = "Manages teams: names for several people, to give a role to all of them.",
        footer = {
            "",
            "Administrators of the organisation acme manage the teams acme/….",
            "A member is a user, ldap:GROUP, oidc:GROUP or authenticated.",
            "",
            "Examples:",
            "  berth team add acme/dev --registry localhost:5000",
            "  berth team add-member acme/dev alice bob ldap:engineers --registry localhost:5000",
            "  berth access grant team:acme/dev 'acme/**' writer --registry localhost:5000"
        },
        subcommands = {
            TeamCommand.ListTeams.class,
            TeamCommand.Add.class,
            TeamCommand.Remove.class,
            TeamCommand.AddMember.class,
            TeamCommand.RemoveMember.class
        })
public final class TeamCommand extends CommandGroup {
    private static final String TEAMS = "teams";
    private static final String MEMBERS = "team-members";

    @Command(name = "list", description = "Lists the teams that you manage, with their members.")
    static final class ListTeams extends AccountCommand {
        @Override
        int run(Management management) throws IOException {
            JsonNode content = management.get(TEAMS);
            if (!printed(content)) {
                Table table = new Table("TEAM", "MEMBERS");
                for (JsonNode team : content.path(TEAMS)) {
                    table.row(team.path("name").asText(), joined(team.path("members")));
                }
                table.print(out());
            }
            return 0;
        }
    }

    @Command(name = "add", description = "Adds a team.")
    static final class Add extends AccountCommand {
        @Parameters(paramLabel = "TEAM", description = "Its name, such as dev or acme/dev.")
        @SuppressWarnings("NullAway.Init") // picocli sets it
        private String team;

        @Override
        int run(Management management) throws IOException {
            JsonNode added = management.post(TEAMS, Management.object(Map.of("name", team)));
            return printed(added) ? 0 : done("Added the team " + team + ".");
        }
    }

    @Command(name = "remove", description = "Removes a team and its roles.")
    static final class Remove extends AccountCommand {
        @Parameters(paramLabel = "TEAM", description = "Which one.")
        @SuppressWarnings("NullAway.Init") // picocli sets it
        private String team;

        @Override
        int run(Management management) throws IOException {
            attempt(() -> management.delete(TEAMS, "name", team), team, () -> teams(management));
            return done("Removed the team " + team + ".");
        }
    }

    private static List<String> teams(Management management) throws IOException {
        return AccountCommand.names(management.get(TEAMS).path(TEAMS), "name");
    }

    @Command(name = "add-member", description = "Adds members to a team.")
    static final class AddMember extends AccountCommand {
        @Parameters(index = "0", paramLabel = "TEAM", description = "The team.")
        @SuppressWarnings("NullAway.Init") // picocli sets it
        private String team;

        @Parameters(index = "1..*", arity = "1..*", paramLabel = "WHO", description = "The members.")
        private List<String> members = new ArrayList<>();

        @Override
        int run(Management management) throws IOException {
            for (String member : members) {
                attempt(
                        () -> management.post(MEMBERS, Management.object(Map.of("team", team, "member", member))),
                        team,
                        () -> teams(management));
                done(member + " is a member of " + team + ".");
            }
            return 0;
        }
    }

    @Command(name = "remove-member", description = "Removes members of a team.")
    static final class RemoveMember extends AccountCommand {
        @Parameters(index = "0", paramLabel = "TEAM", description = "The team.")
        @SuppressWarnings("NullAway.Init") // picocli sets it
        private String team;

        @Parameters(index = "1..*", arity = "1..*", paramLabel = "WHO", description = "The members.")
        private List<String> members = new ArrayList<>();

        @Override
        int run(Management management) throws IOException {
            for (String member : members) {
                management.delete(MEMBERS, "team", team, "member", member);
                done(member + " is no member of " + team + " any more.");
            }
            return 0;
        }
    }
}
