package dev.berth.examples.standalone.maintenance;

import dev.berth.examples.standalone.cli.CommandException;
import dev.berth.examples.standalone.cli.CommandGroup;
import dev.berth.examples.standalone.cli.Table;
import dev.berth.examples.standalone.cli.Text;
import dev.berth.registry.webhook.DeadLetter;
import dev.berth.registry.webhook.SendResult;
import dev.berth.registry.webhook.WebhookEndpoint;
import dev.berth.registry.webhook.WebhookStatus;
import dev.berth.registry.webhook.Webhooks;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code berth webhook}: who is told what happens in a registry, and how that goes. */
@Command(
        name = "webhook",
        description = {
            "Shows who is told what happens in a registry, and sends again what was given up. Endpoints are those of",
            "'notifications' in the configuration, and those that an application has added. Registries may serve a",
            "bucket meanwhile; no other process may use a directory."
        },
        footer = {
            "",
            "Examples:",
            "  berth webhook status --config config.yml",
            "  berth webhook test deploy --config config.yml",
            "  berth webhook resend deploy --config config.yml"
        },
        subcommands = {
            WebhookCommand.ListEndpoints.class,
            WebhookCommand.Status.class,
            WebhookCommand.Test.class,
            WebhookCommand.Dead.class,
            WebhookCommand.Resend.class,
            WebhookCommand.Enable.class
        })
public final class WebhookCommand extends CommandGroup {

    @Command(name = "list", description = "Lists the endpoints.")
    static final class ListEndpoints extends WebhookAction {
        @Override
        int run(Webhooks webhooks) {
            Table table = new Table("NAME", "HOST", "FORMAT", "TOLD OF");
            for (WebhookEndpoint endpoint : webhooks.endpoints()) {
                table.row(
                        endpoint.name(),
                        endpoint.url().getHost(),
                        endpoint.format().word(),
                        endpoint.active() ? endpoint.filter().toString() : "nothing");
            }
            table.print(out());
            return 0;
        }
    }

    @Command(name = "status", description = "Prints how the delivery to each endpoint goes.")
    static final class Status extends WebhookAction {
        @Override
        int run(Webhooks webhooks) {
            Table table = new Table("NAME", "STATE", "WAITING", "SINCE", "DELIVERED", "FAILED", "DEAD", "LOST");
            List<WebhookStatus> all = webhooks.status();
            for (WebhookStatus status : all) {
                table.row(
                        status.name(),
                        status.state().name().toLowerCase(Locale.ROOT),
                        String.valueOf(status.pending()),
                        status.oldestPending().map(Status::text).orElse(""),
                        String.valueOf(status.delivered()),
                        String.valueOf(status.failedAttempts()),
                        String.valueOf(status.deadLetters()),
                        String.valueOf(status.dropped()));
            }
            table.print(out());
            for (WebhookStatus status : all) {
                status.lastFailure()
                        .ifPresent(failure -> out().println(status.name() + ", last failure"
                                + status.lastFailureTime()
                                        .map(at -> " at " + text(at))
                                        .orElse("") + ": "
                                + Text.printable(failure)));
            }
            return 0;
        }

        static String text(Instant time) {
            return time.truncatedTo(ChronoUnit.SECONDS).toString();
        }
    }

    @Command(name = "test", description = "Sends a test to an endpoint at once, past everything that waits.")
    static final class Test extends WebhookAction {
        @Parameters(paramLabel = "NAME", description = "The endpoint, see 'berth webhook list'.")
        private String name = "";

        @Override
        int run(Webhooks webhooks) {
            SendResult result = webhooks.test(name);
            if (result instanceof SendResult.Failed failed) {
                throw new CommandException("The endpoint " + name + " did not take the test: " + failed.reason());
            }
            if (result instanceof SendResult.Gone) {
                throw new CommandException("The endpoint " + name + " answered 410: it wants no more messages, ever.");
            }
            return done(
                    result instanceof SendResult.NotForFormat
                            ? "Nothing was sent to " + name + ": its format has no message for a test."
                            : "The endpoint " + name + " has taken the test.");
        }
    }

    @Command(name = "dead", description = "Lists the messages to an endpoint that were given up.")
    static final class Dead extends WebhookAction {
        @Parameters(paramLabel = "NAME", description = "The endpoint, see 'berth webhook list'.")
        private String name = "";

        @Option(names = "--limit", paramLabel = "NUMBER", description = "How many at most; 100 by default.")
        private int limit = 100;

        @Override
        int run(Webhooks webhooks) {
            Table table = new Table("ID", "GIVEN UP", "EVENT", "REPOSITORY", "REASON");
            for (DeadLetter letter : webhooks.deadLetters().list(name, Optional.empty(), Math.max(1, limit))) {
                table.row(
                        letter.id(),
                        Status.text(letter.givenUp()),
                        letter.message().events().get(0).type().value(),
                        letter.message().events().get(0).repository().value(),
                        letter.reason());
            }
            table.print(out());
            return 0;
        }
    }

    @Command(
            name = "resend",
            description = "Puts messages that were given up into the queue again: one, or all of an endpoint.")
    static final class Resend extends WebhookAction {
        @Parameters(
                arity = "0..1",
                paramLabel = "NAME",
                description = "The endpoint whose messages are all sent again.")
        private @Nullable String name;

        @Option(names = "--id", paramLabel = "ID", description = "One message, see 'berth webhook dead'.")
        private @Nullable String id;

        @Override
        int run(Webhooks webhooks) {
            if (name != null && id == null) {
                return resendAll(webhooks, name);
            }
            if (name != null || id == null) {
                throw new CommandException(
                        "Name the endpoint whose messages are sent again, or one message with --id.");
            }
            if (!webhooks.deadLetters().resend(id)) {
                throw new CommandException("There is no message " + id + "; see 'berth webhook dead'.");
            }
            return done("It waits again; a registry that runs sends it.");
        }

        private int resendAll(Webhooks webhooks, String endpoint) {
            int sent = webhooks.deadLetters().resendAll(endpoint);
            return done(Amounts.of(sent, "message") + (sent == 1 ? " waits" : " wait")
                    + " again; a registry that runs sends what waits.");
        }
    }

    @Command(name = "enable", description = "Lets an endpoint get messages again that answered 410, which disables it.")
    static final class Enable extends WebhookAction {
        @Parameters(paramLabel = "NAME", description = "The endpoint, see 'berth webhook list'.")
        private String name = "";

        @Override
        int run(Webhooks webhooks) {
            if (!webhooks.enable(name)) {
                throw new CommandException("The endpoint " + name + " is not disabled; see 'berth webhook status'.");
            }
            return done("Enabled " + name + ".");
        }
    }
}
