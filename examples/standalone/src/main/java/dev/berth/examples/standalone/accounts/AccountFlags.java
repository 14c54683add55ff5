package dev.berth.examples.standalone.accounts;

import dev.berth.examples.standalone.cli.RemoteFlags;
import dev.berth.examples.standalone.cli.UsageException;
import dev.berth.examples.standalone.configuration.Settings;
import dev.berth.examples.standalone.configuration.SettingsReader;
import dev.berth.registry.client.credentials.Credentials;
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
            names = "--user",
            paramLabel = "NAME",
            description = "Who you are at --registry; the password is asked for. By default, whoever 'docker login' or"
                    + " 'podman login' has logged in.")
    private @Nullable String user;

    @Option(
            names = "--password-stdin",
            description = "Read passwords from standard input, one a line, in the order in which they would be asked"
                    + " for: that of --user, an old one, a new one.")
    private boolean passwordsFromInput;

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
    private RemoteFlags remote = new RemoteFlags();

    private @Nullable Passwords passwords;
    private @Nullable Credentials typed;

    boolean json() {
        if (!format.equals("table") && !format.equals("json")) {
            throw new UsageException("There is no format '" + format + "'; it is table or json");
        }
        return format.equals("json");
    }

    Passwords passwords() {
        if (passwords == null) {
            passwords = new Passwords(passwordsFromInput, System.in);
        }
        return passwords;
    }

    /** Returns the password that was given with --user, so that it is asked for once. */
    Optional<String> typedPasswordOf(String name) {
        return Optional.ofNullable(typed)
                .filter(login -> login.username().equals(name))
                .map(Credentials::password);
    }

    Management open() throws IOException {
        json();
        if (registry == null) {
            if (user != null) {
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
        return login(hostOf(registry));
    }

    private Management login(String host) throws IOException {
        ServerLogin login = new ServerLogin(host, remote);
        if (user != null) {
            typed = Credentials.of(user, passwords().known("password of " + user));
            return login.with(typed);
        }
        Optional<Credentials> kept = remote.credentials().find(host, Optional.empty());
        return kept.isPresent() && kept.get().isUsable() ? login.with(kept.get()) : login.anonymous();
    }

    private static String hostOf(String text) {
        String host = text.replaceFirst("/$", "");
        if (!host.matches("(?:[A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+])(?::\\d{1,5})?")) {
            throw new UsageException("'" + text + "' is no registry; write HOST or HOST:PORT");
        }
        return host;
    }
}
