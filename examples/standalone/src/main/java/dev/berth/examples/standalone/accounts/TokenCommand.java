package dev.berth.examples.standalone.accounts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.examples.standalone.cli.CommandGroup;
import dev.berth.examples.standalone.cli.Table;
import dev.berth.examples.standalone.cli.UsageException;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code berth token}: personal tokens. */
@Command(
        name = "token",
        description = "Manages personal tokens: secrets to use instead of your password, for less than you may do.",
        footer = {
            "",
            "A personal token is the password beside your own name. It manages no accounts, and ends with yours.",
            "",
            "Examples:",
            "  berth token add --repositories 'acme/**' --role reader --expires 30d --description laptop"
                    + " --registry localhost:5000",
            "  berth token list --registry localhost:5000",
            "  berth token list --owner alice --storage /var/lib/berth"
        },
        subcommands = {TokenCommand.ListTokens.class, TokenCommand.Add.class, TokenCommand.Remove.class})
public final class TokenCommand extends CommandGroup {
    private static final String TOKENS = "tokens";

    /** Whose tokens. */
    static final class Owner {
        @Option(
                names = "--owner",
                paramLabel = "NAME",
                description = "Whose tokens, for administrators and with --storage; your own by default.")
        private @Nullable String name;

        String of(Management management) throws IOException {
            if (name != null) {
                return name;
            }
            if (management.isOperator()) {
                throw new UsageException("Say whose tokens with --owner: the owner of a storage has none");
            }
            return management.get("whoami").path("name").asText();
        }
    }

    @Command(name = "list", description = "Lists personal tokens, without their secrets.")
    static final class ListTokens extends AccountCommand {
        @Mixin
        private Owner owner = new Owner();

        @Override
        int run(Management management) throws IOException {
            JsonNode content = management.get(TOKENS, "owner", owner.of(management));
            if (!printed(content)) {
                Table table = new Table("ID", "REPOSITORIES", "ROLE", "EXPIRES", "LAST USED", "DESCRIPTION");
                content.path(TOKENS).forEach(token -> LimitFlags.row(table, token, "id", "description"));
                table.print(out());
            }
            return 0;
        }
    }

    @Command(name = "add", description = "Adds a personal token and prints its secret.")
    static final class Add extends AccountCommand {
        @Mixin
        private LimitFlags limit = new LimitFlags();

        @Option(names = "--description", paramLabel = "TEXT", description = "What it is for.")
        private String description = "";

        @Mixin
        private Owner owner = new Owner();

        @Override
        void check() {
            limit.check();
        }

        @Override
        int run(Management management) throws IOException {
            ObjectNode body = Management.object(Map.of("owner", owner.of(management), "description", description));
            limit.addTo(body);
            JsonNode added = management.post(TOKENS, body);
            return secret(added, "the personal token " + added.path("account").asText());
        }
    }

    @Command(name = "remove", description = "Removes a personal token. What has logged in with it ends at once.")
    static final class Remove extends AccountCommand {
        @Parameters(paramLabel = "ID", description = "Its identifier, see 'berth token list'.")
        @SuppressWarnings("NullAway.Init") // picocli sets it
        private String id;

        @Mixin
        private Owner owner = new Owner();

        @Override
        int run(Management management) throws IOException {
            String name = owner.of(management);
            attempt(
                    () -> management.delete(TOKENS, "owner", name, "id", id),
                    id,
                    () -> names(management.get(TOKENS, "owner", name).path(TOKENS), "id"));
            return done("Removed the personal token " + id + ".");
        }
    }
}
