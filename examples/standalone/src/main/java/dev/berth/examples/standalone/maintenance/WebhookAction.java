package dev.berth.examples.standalone.maintenance;

import dev.berth.examples.standalone.cli.Version;
import dev.berth.examples.standalone.configuration.Settings;
import dev.berth.examples.standalone.serve.StorageFlags;
import dev.berth.examples.standalone.serve.StoredWebhooks;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.webhook.Webhooks;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that looks at the webhooks of a storage. It delivers nothing. */
@Command(
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        sortOptions = false,
        versionProvider = Version.class)
abstract class WebhookAction implements Callable<Integer> {
    @Mixin
    private final StorageFlags flags = new StorageFlags();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    /** Does what the command is for, and returns the exit status. */
    abstract int run(Webhooks webhooks);

    @Override
    public final Integer call() throws IOException {
        Settings settings = flags.read();
        StorageFlags.requireStorage(settings, "deliver");
        try (ObjectStore store = settings.storage().open();
                StoredWebhooks webhooks = StoredWebhooks.over(store, settings)) {
            return run(webhooks.get());
        }
    }

    final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    /** Prints what was done, and returns the exit status for it. */
    final int done(String sentence) {
        out().println(sentence);
        out().flush();
        return 0;
    }
}
