package dev.berth.examples.standalone.accounts;

import dev.berth.examples.standalone.cli.UsageException;
import dev.berth.examples.standalone.configuration.Settings;
import dev.berth.examples.standalone.configuration.SettingsReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of all commands that manage accounts: which accounts, and as whom. */
final class AccountFlags {
    @Option(
            names = "--registry",
            paramLabel = "HOST[:PORT]",
            description = "The registry that runs, as of 'docker login'.")
    private @Nullable String registry;

    @Option(
            names = "--storage",
            paramLabel = "DIR|s3://BUCKET",
            description = "The storage of a registry that does not run, as of 'serve'; ./berth-data by default. Buckets"
                    + " may be in use.")
    private @Nullable String storage;

    @Option(
            names = "--config",
            paramLabel = "FILE.yml",
            description = "The configuration file of the registry, for its storage and the grants in it.")
    private @Nullable Path config;

    @Option(
            names = "--format",
            paramLabel = "table|json",
            description = "How to print: in a table for people by default, or as one JSON object.")
    private String format = "table";

    @Mixin
    private LoginFlags login = new LoginFlags();

    boolean json() {
        if (!format.equals("table") && !format.equals("json")) {
            throw new UsageException("There is no format '" + format + "'; it is table or json");
        }
        return format.equals("json");
    }

    Passwords passwords() {
        return login.passwords();
    }

    /** Returns the password that was given with --user, so that it is asked for once. */
    Optional<String> typedPasswordOf(String name) {
        return login.typedPasswordOf(name);
    }

    Management open() throws IOException {
        json();
        if (registry == null) {
            if (login.isNamed()) {
                throw new UsageException("--user is for --registry; whoever can write to a storage owns it");
            }
            Settings settings = SettingsReader.read(
                    Optional.empty(), Optional.ofNullable(storage), Optional.ofNullable(config), System.getenv());
            return OnStorage.open(settings);
        }
        if (storage != null || config != null) {
            throw new UsageException("--registry is a registry that runs, --storage and --config are for one that does"
                    + " not; give one of them");
        }
        return login.open(ManagedPart.ACCOUNTS, registry);
    }
}
