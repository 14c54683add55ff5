package dev.berth.examples.standalone.upstream;

import dev.berth.examples.standalone.cli.CommandException;
import dev.berth.examples.standalone.cli.FailureReason;
import dev.berth.examples.standalone.configuration.mirror.UpstreamLogin;
import dev.berth.examples.standalone.configuration.mirror.UpstreamSettings;
import dev.berth.registry.client.RemoteOptions;
import dev.berth.registry.client.RemoteRegistry;
import dev.berth.registry.client.RetryPolicy;
import dev.berth.registry.client.credentials.CredentialFiles;
import dev.berth.registry.client.credentials.CredentialProgram;
import dev.berth.registry.client.credentials.CredentialStore;
import dev.berth.registry.client.credentials.Credentials;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Makes clients of other registries. That one has a private address needs no permission: an operator has named it.
 */
public final class UpstreamClient {
    private UpstreamClient() {}

    /**
     * Returns a client. It connects to nothing yet.
     *
     * @param retry how often and for how long a call is tried
     * @throws IOException with a sentence for the user, if a file cannot be read
     */
    public static RemoteRegistry of(UpstreamSettings settings, RetryPolicy retry) throws IOException {
        RemoteOptions.Builder options = RemoteOptions.builder().retry(retry);
        credentials(settings.login()).ifPresent(options::credentials);
        try {
            if (settings.authorities().isPresent()) {
                trust(options, settings, settings.authorities().get());
            }
            settings.realm().ifPresent(options::trustRealm);
            return RemoteRegistry.at(settings.url(), options.build());
        } catch (IllegalArgumentException e) {
            throw new CommandException("The setting " + settings.path() + " is wrong: " + e.getMessage() + ".");
        }
    }

    private static void trust(RemoteOptions.Builder options, UpstreamSettings settings, Path file) throws IOException {
        try {
            options.trust(host(settings.url()), file);
        } catch (IOException e) {
            throw new IOException(
                    "The file " + file + " of " + settings.path() + " cannot be read: " + FailureReason.of(e), e);
        }
    }

    /** Returns the host with its port, which is part of every address that the configuration takes. */
    private static String host(String url) {
        return URI.create(url.contains("://") ? url : "https://" + url).getAuthority();
    }

    private static Optional<CredentialStore> credentials(UpstreamLogin login) {
        if (login instanceof UpstreamLogin.Password password) {
            Credentials credentials =
                    Credentials.of(password.username(), password.password().value());
            // The client has one registry, however its address is written.
            return Optional.of((registry, repository) -> Optional.of(credentials));
        }
        if (login instanceof UpstreamLogin.OfDocker) {
            return Optional.of(CredentialFiles.standard());
        }
        if (login instanceof UpstreamLogin.Program program) {
            CredentialProgram asked = CredentialProgram.at(program.command());
            return Optional.of(program.lifetime().map(asked::goodFor).orElse(asked));
        }
        return Optional.empty();
    }
}
