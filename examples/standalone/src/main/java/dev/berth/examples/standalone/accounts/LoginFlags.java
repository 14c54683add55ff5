package dev.berth.examples.standalone.accounts;

import dev.berth.examples.standalone.cli.RemoteFlags;
import dev.berth.examples.standalone.cli.UsageException;
import dev.berth.registry.client.RemoteOptions;
import dev.berth.registry.client.credentials.Credentials;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of all commands that talk to a registry that runs: as whom. */
public final class LoginFlags {
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

    @Mixin
    private RemoteFlags remote = new RemoteFlags();

    private @Nullable Passwords passwords;
    private @Nullable Credentials typed;

    Passwords passwords() {
        if (passwords == null) {
            passwords = new Passwords(passwordsFromInput, System.in);
        }
        return passwords;
    }

    /** Returns whether a name is given. */
    boolean isNamed() {
        return user != null;
    }

    /** Returns the password that was given with --user, so that it is asked for once. */
    Optional<String> typedPasswordOf(String name) {
        return typed().filter(login -> login.username().equals(name)).map(Credentials::password);
    }

    private Optional<Credentials> typed() {
        return Optional.ofNullable(typed);
    }

    /**
     * Logs in to a registry.
     *
     * @param registry as of 'docker login'
     */
    public Management open(ManagedPart part, String registry) throws IOException {
        String host = hostOf(registry);
        ServerLogin login = new ServerLogin(part, host, remote);
        Optional<Credentials> known = credentials(host);
        return known.isPresent() ? login.with(known.get()) : login.anonymous();
    }

    /** Returns the options of a client of the registry, with the same credentials. */
    public RemoteOptions.Builder client(String registry) throws IOException {
        Optional<Credentials> known = credentials(hostOf(registry));
        RemoteOptions.Builder options = remote.builder();
        known.ifPresent(found -> options.credentials((name, repository) -> Optional.of(found)));
        return options;
    }

    private Optional<Credentials> credentials(String host) throws IOException {
        if (user == null) {
            return remote.credentials().find(host, Optional.empty()).filter(Credentials::isUsable);
        }
        if (typed == null) {
            typed = Credentials.of(user, passwords().known("password of " + user));
        }
        return typed();
    }

    /** Returns the host of a registry, with its port. */
    public static String hostOf(String text) {
        String host = text.replaceFirst("/$", "");
        if (!host.matches("(?:[A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+])(?::\\d{1,5})?")) {
            throw new UsageException("'" + text + "' is no registry; write HOST or HOST:PORT");
        }
        return host;
    }
}
