package dev.berth.examples.standalone.accounts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.examples.standalone.cli.CommandGroup;
import dev.berth.examples.standalone.cli.Table;
import dev.berth.examples.standalone.cli.UsageException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code berth user}: people and their passwords. */
@Command(
        name = "user",
        description = "Manages people, who log in with a name and a password.",
        footer = {
            "",
            "Passwords are asked for, or read from standard input; they are never arguments, which others can see.",
            "",
            "Examples:",
            "  berth user add alice --storage /var/lib/berth",
            "  berth user add bob --registry localhost:5000 --user alice",
            "  berth user password --registry localhost:5000 --user bob",
            "  berth user list --registry localhost:5000 --format json"
        },
        subcommands = {
            UserCommand.ListUsers.class,
            UserCommand.Add.class,
            UserCommand.Password.class,
            UserCommand.Disable.class,
            UserCommand.Enable.class,
            UserCommand.Remove.class
        })
public final class UserCommand extends CommandGroup {
    private static final String PEOPLE = "people";

    private static ObjectNode all(Management management) throws IOException {
        JsonNode page = management.get(PEOPLE);
        ObjectNode all = page.deepCopy();
        while (page.has("next")) {
            page = management.get(PEOPLE, "after", page.path("next").asText());
            for (JsonNode person : page.path(PEOPLE)) {
                all.withArray(PEOPLE).add(person);
            }
        }
        all.remove("next");
        return all;
    }

    @Command(name = "list", description = "Lists people.")
    static final class ListUsers extends AccountCommand {
        @Override
        int run(Management management) throws IOException {
            JsonNode people = all(management);
            if (!printed(people)) {
                Table table = new Table("NAME", "CREATED", "STATE");
                for (JsonNode person : people.path(PEOPLE)) {
                    table.row(
                            person.path("name").asText(),
                            person.path("created").asText(),
                            person.path("disabled").asBoolean() ? "disabled" : "active");
                }
                table.print(out());
            }
            return 0;
        }
    }

    @Command(
            name = "add",
            description =
                    "Adds a person. New people may do what everyone may; give them a role with 'berth access grant'"
                            + " or 'berth team add-member'.")
    static final class Add extends AccountCommand {
        @Parameters(paramLabel = "NAME", description = "The name to log in with.")
        @SuppressWarnings("NullAway.Init") // picocli sets it
        private String name;

        @Override
        int run(Management management) throws IOException {
            String password = flags().passwords().fresh("new password of " + name);
            JsonNode added = management.post(PEOPLE, Management.object(Map.of("name", name, "password", password)));
            return printed(added) ? 0 : done("Added " + name + ".");
        }
    }

    @Command(
            name = "password",
            description = "Changes a password. What the person has logged in with before ends; robots and personal"
                    + " tokens stay.")
    static final class Password extends AccountCommand {
        @Parameters(paramLabel = "NAME", arity = "0..1", description = "Whose password; your own by default.")
        private @Nullable String name;

        @Override
        int run(Management management) throws IOException {
            if (name == null && management.isOperator()) {
                throw new UsageException("Say whose password: berth user password NAME");
            }
            String self = management.isOperator()
                    ? ""
                    : management.get("whoami").path("name").asText();
            String whose = name == null ? self : name;
            ObjectNode change = Management.object(Map.of("name", whose));
            if (whose.equals(self)) {
                String typed = flags().typedPasswordOf(self).orElse("");
                change.put("oldPassword", typed.isEmpty() ? flags().passwords().known("old password") : typed);
            }
            change.put("password", flags().passwords().fresh("new password of " + whose));
            attempt(
                    () -> management.put("password", change),
                    whose,
                    () -> names(all(management).path(PEOPLE), "name"));
            return done("Changed the password of " + whose + ".");
        }
    }

    /** A command that decides whether somebody may log in. */
    abstract static class SetDisabled extends AccountCommand {
        @Parameters(paramLabel = "NAME", description = "Whom.")
        @SuppressWarnings("NullAway.Init") // picocli sets it
        private String name;

        final int set(Management management, boolean disabled) throws IOException {
            ObjectNode change = Management.object(Map.of("name", name)).put("disabled", disabled);
            attempt(
                    () -> management.put(PEOPLE, change),
                    name,
                    () -> names(all(management).path(PEOPLE), "name"));
            return done(name + (disabled ? " cannot log in any more." : " can log in again."));
        }
    }

    @Command(
            name = "disable",
            description =
                    "Keeps a person from logging in, also with robots and personal tokens, from the next request.")
    static final class Disable extends SetDisabled {
        @Override
        int run(Management management) throws IOException {
            return set(management, true);
        }
    }

    @Command(name = "enable", description = "Lets a person log in again.")
    static final class Enable extends SetDisabled {
        @Override
        int run(Management management) throws IOException {
            return set(management, false);
        }
    }

    @Command(
            name = "remove",
            description = "Removes people, with their robots, personal tokens and everything that they have logged in"
                    + " with.")
    static final class Remove extends AccountCommand {
        @Parameters(paramLabel = "NAME", arity = "1..*", description = "Whom.")
        private List<String> people = new ArrayList<>();

        @Override
        int run(Management management) throws IOException {
            for (String name : people) {
                attempt(
                        () -> management.delete(PEOPLE, "name", name),
                        name,
                        () -> names(all(management).path(PEOPLE), "name"));
                done("Removed " + name + ".");
            }
            return 0;
        }
    }
}
