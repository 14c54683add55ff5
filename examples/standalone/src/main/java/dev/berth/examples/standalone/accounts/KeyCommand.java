package dev.berth.examples.standalone.accounts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.examples.standalone.cli.CommandGroup;
import dev.berth.examples.standalone.cli.Table;
import java.io.IOException;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code berth key}: the keys that sign tokens. */
@Command(
        name = "key",
        description = "Manages the keys that sign the tokens of the registry. For its administrators.",
        footer = {
            "",
            "Rotation disturbs nobody: tokens of older keys stay good until they are over. Remove a key that others may",
            "know: whoever is logged in has to log in again.",
            "",
            "Examples:",
            "  berth key list --registry localhost:5000",
            "  berth key rotate --registry localhost:5000",
            "  berth key remove ID --registry localhost:5000"
        },
        subcommands = {KeyCommand.ListKeys.class, KeyCommand.Rotate.class, KeyCommand.Remove.class})
public final class KeyCommand extends CommandGroup {
    private static final String KEYS = "signing-keys";

    private static JsonNode keys(Management management) throws IOException {
        return management.get(KEYS);
    }

    @Command(name = "list", description = "Lists the keys whose tokens are good.")
    static final class ListKeys extends AccountCommand {
        @Override
        int run(Management management) throws IOException {
            JsonNode content = keys(management);
            if (!printed(content)) {
                Table table = new Table("ID", "SIGNS");
                for (JsonNode key : content.path("keys")) {
                    table.row(key.path("id").asText(), key.path("signs").asBoolean() ? "yes" : "no");
                }
                table.print(out());
            }
            return 0;
        }
    }

    @Command(name = "rotate", description = "Makes a newer key, which signs when everybody can know it.")
    static final class Rotate extends AccountCommand {
        @Override
        int run(Management management) throws IOException {
            JsonNode added = management.post(KEYS, Management.object(Map.of()));
            return printed(added) ? 0 : done("Added the key " + added.path("id").asText() + ".");
        }
    }

    @Command(name = "remove", description = "Removes a key. What it has signed is worth nothing any more.")
    static final class Remove extends AccountCommand {
        @Parameters(paramLabel = "ID", description = "Its identifier, see 'berth key list'.")
        @SuppressWarnings("NullAway.Init") // picocli sets it
        private String id;

        @Override
        int run(Management management) throws IOException {
            attempt(
                    () -> management.delete(KEYS, "id", id),
                    id,
                    () -> names(keys(management).path("keys"), "id"));
            return done("Removed the key " + id + ".");
        }
    }
}
