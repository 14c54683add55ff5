package dev.berth.examples.standalone.mirrors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.berth.examples.standalone.accounts.Management;
import dev.berth.examples.standalone.cli.CommandException;
import dev.berth.examples.standalone.cli.CommandGroup;
import dev.berth.examples.standalone.cli.Table;
import dev.berth.examples.standalone.images.ByteCount;
import java.io.IOException;
import picocli.CommandLine.Command;

/** {@code berth replication}: the replication of a registry that runs. */
@Command(
        name = "replication",
        description = "Tells how the replication of a registry goes, and begins it at once.",
        footer = {
            "",
            "Examples:",
            "  berth replication status --registry localhost:5000",
            "  berth replication run --registry localhost:5000"
        },
        subcommands = {ReplicationCommand.Status.class, ReplicationCommand.Run.class})
public final class ReplicationCommand extends CommandGroup {

    @Command(
            name = "status",
            description = {
                "Prints what each rule has carried over, what waits, and what differs.",
                "For administrators; without accounts, for whoever is on the machine of the registry."
            })
    static final class Status extends StatusCommand {
        @Override
        String path() {
            return "replication";
        }

        @Override
        void table(JsonNode content) {
            new ReplicationTable(content.path("rules")).print(this);
        }
    }

    @Command(
            name = "run",
            description = {
                "Compares the registries of all rules now, and carries over what differs. Ends when that is done.",
                "For administrators; without accounts, for whoever is on the machine of the registry."
            })
    static final class Run extends ServerCommand {
        private static final int POLL_MILLIS = 300;

        @Override
        public Integer call() throws IOException {
            try (Management management = open()) {
                JsonNode begun = management.post("replication/run", JsonNodeFactory.instance.objectNode());
                if (!begun.path("begun").asBoolean()) {
                    err("A comparison that was begun before is in progress; this waits for it.");
                }
                new ReplicationTable(await(management).path("rules")).print(this);
            }
            return 0;
        }

        private JsonNode await(Management management) throws IOException {
            String last = "";
            while (true) {
                JsonNode content = management.get("replication");
                if (!content.path("running").asBoolean()) {
                    return content;
                }
                String progress = progress(content.path("rules"));
                if (!progress.isEmpty() && !progress.equals(last)) {
                    err(progress);
                    last = progress;
                }
                pause();
            }
        }

        private static String progress(JsonNode rules) {
            StringBuilder text = new StringBuilder();
            for (JsonNode rule : rules) {
                JsonNode progress = rule.path("progress");
                if (!progress.isMissingNode()) {
                    text.append(text.isEmpty() ? "" : ", ")
                            .append(rule.path("name").asText())
                            .append(": ")
                            .append(progress.path("done").asText())
                            .append(" of ")
                            .append(progress.path("of").asText())
                            .append(" repositories");
                }
            }
            return text.toString();
        }

        private static void pause() {
            try {
                Thread.sleep(POLL_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CommandException("Waiting was interrupted; the comparison goes on.");
            }
        }
    }

    /** The rules as a table, and below it what is not as it should be. */
    record ReplicationTable(JsonNode rules) {
        private static final int LISTED = 20;

        void print(ServerCommand command) {
            Table table = new Table(
                    "NAME",
                    "DIRECTION",
                    "CARRIED",
                    "DELETED",
                    "SIZE",
                    "WAITING",
                    "LAG",
                    "COMPARED",
                    "FAILING",
                    "DIFFERING");
            for (JsonNode rule : rules) {
                table.row(
                        rule.path("name").asText(),
                        rule.path("direction").asText(),
                        rule.path("carried").asText(),
                        rule.path("deleted").asText(),
                        ByteCount.format(rule.path("bytes").asLong()),
                        rule.path("queued").asText(),
                        rule.path("lagSeconds").asLong() == 0
                                ? ""
                                : rule.path("lagSeconds").asText() + "s",
                        compared(rule),
                        rule.path("failing").asText(),
                        String.valueOf(differing(rule)));
            }
            table.print(command.out());
            for (JsonNode rule : rules) {
                more(command, rule);
            }
        }

        private static String compared(JsonNode rule) {
            if (rule.has("progress")) {
                return rule.path("progress").path("done").asText() + " of "
                        + rule.path("progress").path("of").asText() + " now";
            }
            JsonNode last = rule.path("lastComparison");
            return last.isMissingNode()
                    ? ""
                    : last.path("ended").asText().replaceFirst("\\.\\d+", "")
                            + (last.path("complete").asBoolean() ? "" : " (incomplete)");
        }

        private static long differing(JsonNode rule) {
            long sum = 0;
            for (JsonNode number : rule.path("differing")) {
                sum += number.asLong();
            }
            return sum;
        }

        private static void more(ServerCommand command, JsonNode rule) {
            String name = rule.path("name").asText();
            if (rule.has("problem")) {
                command.say(name + ": " + rule.path("problem").asText()
                        + (rule.has("pausedUntil")
                                ? "; it is left alone until "
                                        + rule.path("pausedUntil").asText()
                                : ""));
            }
            int listed = 0;
            for (JsonNode failure : rule.path("failures")) {
                if (listed++ < LISTED) {
                    command.say(
                            name + ", failing: " + failure.path("repository").asText()
                                    + (failure.has("reference")
                                            ? " " + failure.path("reference").asText()
                                            : "") + ": "
                                    + failure.path("reason").asText());
                }
            }
            listed = 0;
            for (JsonNode difference : rule.path("differences")) {
                if (listed++ < LISTED) {
                    command.say(name + ", " + difference.path("kind").asText() + ": "
                            + difference.path("repository").asText() + ":"
                            + difference.path("tag").asText() + ", source "
                            + difference.path("source").asText("none") + ", target "
                            + difference.path("target").asText("none"));
                }
            }
        }
    }
}
