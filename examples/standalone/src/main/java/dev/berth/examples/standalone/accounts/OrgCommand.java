package dev.berth.examples.standalone.accounts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.examples.standalone.cli.CommandGroup;
import dev.berth.examples.standalone.cli.Table;
import java.io.IOException;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code berth org}: organisations and their members. */
@Command(
        name = "org",
        description = "Manages organisations: ORG owns all repositories ORG/…, its members have a role in all of them.",
        footer = {
            "",
            "Roles: reader (pull), writer (pull, push), maintainer (pull, push, delete), admin (all of it, and managing).",
            "WHO is a user, team:NAME, ldap:GROUP, oidc:GROUP, authenticated or everyone.",
            "",
            "Examples:",
            "  berth org add acme --registry localhost:5000",
            "  berth org set-member acme alice admin --registry localhost:5000",
            "  berth org set-member acme team:acme/dev writer --registry localhost:5000"
        },
        subcommands = {
            OrgCommand.ListOrganisations.class,
            OrgCommand.Add.class,
            OrgCommand.Remove.class,
            OrgCommand.SetMember.class,
            OrgCommand.RemoveMember.class
        })
public final class OrgCommand extends CommandGroup {
    private static final String ORGANISATIONS = "organisations";

    @Command(name = "list", description = "Lists the organisations that you administer, with their members.")
    static final class ListOrganisations extends AccountCommand {
        @Override
        int run(Management management) throws IOException {
            JsonNode content = management.get(ORGANISATIONS);
            if (!printed(content)) {
                Table table = new Table("ORGANISATION", "MEMBER", "ROLE");
                for (JsonNode organisation : content.path(ORGANISATIONS)) {
                    String name = organisation.path("name").asText();
                    for (JsonNode member : organisation.path("members")) {
                        table.row(
                                name,
                                member.path("member").asText(),
                                member.path("role").asText());
                    }
                    if (organisation.path("members").isEmpty()) {
                        table.row(name, "", "");
                    }
                }
                table.print(out());
            }
            return 0;
        }
    }

    @Command(name = "add", description = "Adds an organisation.")
    static final class Add extends AccountCommand {
        @Parameters(paramLabel = "ORG", description = "The first part of the names of its repositories.")
        @SuppressWarnings("NullAway.Init") // picocli sets it
        private String name;

        @Override
        int run(Management management) throws IOException {
            JsonNode added = management.post(ORGANISATIONS, Management.object(Map.of("name", name)));
            return printed(added) ? 0 : done("Added the organisation " + name + ".");
        }
    }

    @Command(name = "remove", description = "Removes an organisation, its robots and memberships; images stay.")
    static final class Remove extends AccountCommand {
        @Parameters(paramLabel = "ORG", description = "Which one.")
        @SuppressWarnings("NullAway.Init") // picocli sets it
        private String name;

        @Override
        int run(Management management) throws IOException {
            attempt(
                    () -> management.delete(ORGANISATIONS, "name", name),
                    name,
                    () -> names(management.get(ORGANISATIONS).path(ORGANISATIONS), "name"));
            return done("Removed the organisation " + name + ".");
        }
    }

    @Command(name = "set-member", description = "Gives a member a role in an organisation, instead of an earlier one.")
    static final class SetMember extends AccountCommand {
        @Parameters(index = "0", paramLabel = "ORG", description = "The organisation.")
        @SuppressWarnings("NullAway.Init") // picocli sets it
        private String organisation;

        @Parameters(index = "1", paramLabel = "WHO", description = "The member.")
        @SuppressWarnings("NullAway.Init") // picocli sets it
        private String member;

        @Parameters(index = "2", paramLabel = "ROLE", description = "reader, writer, maintainer or admin.")
        @SuppressWarnings("NullAway.Init") // picocli sets it
        private String role;

        @Override
        void check() {
            role = role(role);
        }

        @Override
        int run(Management management) throws IOException {
            management.put(
                    "members", Management.object(Map.of("organisation", organisation, "member", member, "role", role)));
            return done(member + " has the role " + role + " in " + organisation + ".");
        }
    }

    @Command(name = "remove-member", description = "Removes a member of an organisation.")
    static final class RemoveMember extends AccountCommand {
        @Parameters(index = "0", paramLabel = "ORG", description = "The organisation.")
        @SuppressWarnings("NullAway.Init") // picocli sets it
        private String organisation;

        @Parameters(index = "1", paramLabel = "WHO", description = "The member.")
        @SuppressWarnings("NullAway.Init") // picocli sets it
        private String member;

        @Override
        int run(Management management) throws IOException {
            management.delete("members", "organisation", organisation, "member", member);
            return done(member + " is no member of " + organisation + " any more.");
        }
    }
}
