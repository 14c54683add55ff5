package dev.berth.examples.standalone.images;

import dev.berth.examples.standalone.cli.CommandException;
import dev.berth.registry.client.RemoteOptions;
import dev.berth.registry.client.credentials.CredentialFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of commands that connect to remote registries. */
final class RemoteFlags {
    @Option(
            names = "--plain-http",
            paramLabel = "HOST",
            description = "Speak plain HTTP with this HOST or HOST:PORT; may be given more than once."
                    + " Not needed for this machine (localhost, 127.0.0.1).")
    private List<String> plainHttp = new ArrayList<>();

    @Option(
            names = "--https",
            paramLabel = "HOST",
            description = "Speak HTTPS with this HOST or HOST:PORT of this machine (localhost, 127.0.0.1); may be given"
                    + " more than once. All other hosts, and those with --ca, are spoken to so anyway.")
    private Set<String> https = new HashSet<>();

    @Option(
            names = "--ca",
            paramLabel = "HOST=FILE.pem",
            description =
                    "Trust the authorities in this file for TLS with this HOST or HOST:PORT; may be given more than once.")
    private Map<String, Path> authorities = new LinkedHashMap<>();

    @Option(
            names = "--auth-file",
            paramLabel = "FILE.json",
            description = "Take credentials from this file, instead of those that 'docker login' and 'podman login'"
                    + " have left.")
    private @Nullable Path authFile;

    @Option(
            names = "--trust-realm",
            paramLabel = "HOST",
            description = "Send the credentials of a registry to its token service at this HOST or HOST:PORT, which is"
                    + " in another domain; may be given more than once.")
    private List<String> trustedRealms = new ArrayList<>();

    Set<String> https() {
        return https;
    }

    RemoteOptions options() throws IOException {
        RemoteOptions.Builder options = RemoteOptions.builder().userAgent("berth");
        plainHttp.forEach(options::plainHttp);
        trustedRealms.forEach(realm -> trustRealm(options, realm));
        for (Map.Entry<String, Path> authority : authorities.entrySet()) {
            trust(options, authority.getKey(), authority.getValue());
        }
        if (authFile == null) {
            options.credentials(CredentialFiles.standard());
        } else if (Files.isReadable(authFile)) {
            options.credentials(CredentialFiles.podman(authFile));
        } else {
            throw new CommandException("The file " + authFile + " of --auth-file cannot be read.");
        }
        return options.build();
    }

    private static void trustRealm(RemoteOptions.Builder options, String realm) {
        try {
            options.trustRealm(realm);
        } catch (IllegalArgumentException e) {
            throw new CommandException("--trust-realm: " + e.getMessage());
        }
    }

    private static void trust(RemoteOptions.Builder options, String host, Path file) throws IOException {
        if (!Files.isReadable(file)) {
            throw new CommandException("The file " + file + " of --ca cannot be read.");
        }
        try {
            options.trust(host, file);
        } catch (IllegalArgumentException e) {
            throw new CommandException("The file " + file + " of --ca cannot be used: " + e.getMessage());
        }
    }
}
