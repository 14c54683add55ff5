package dev.berth.examples.standalone.cli;

import dev.berth.registry.client.RemoteOptions;
import dev.berth.registry.client.credentials.CredentialFiles;
import dev.berth.registry.client.credentials.CredentialStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of commands that connect to remote registries. */
public final class RemoteFlags {
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

    /** Returns the hosts of this machine that speak HTTPS. */
    public Set<String> https() {
        return https;
    }

    /** Returns whether a host, with or without a port, speaks plain HTTP. */
    public boolean isPlain(String host) {
        String name = host.replaceFirst(":\\d+$", "");
        boolean local = name.equals("localhost") || name.equals("[::1]") || name.matches("127\\.\\d+\\.\\d+\\.\\d+");
        boolean secure = https.contains(host)
                || https.contains(name)
                || authorities(host).isPresent();
        return plainHttp.contains(host) || plainHttp.contains(name) || local && !secure;
    }

    /** Returns the file of the authorities to trust for a host. */
    public Optional<Path> authorities(String host) {
        return Optional.ofNullable(authorities.get(host))
                .or(() -> Optional.ofNullable(authorities.get(host.replaceFirst(":\\d+$", ""))));
    }

    /** Returns whether the credentials for a registry may be sent to a token service at this host. */
    public boolean trustsRealm(String host) {
        return trustedRealms.contains(host) || trustedRealms.contains(host.replaceFirst(":\\d+$", ""));
    }

    /** Returns the credentials that other programs have left. */
    public CredentialStore credentials() {
        if (authFile == null) {
            return CredentialFiles.standard();
        }
        if (!Files.isReadable(authFile)) {
            throw new CommandException("The file " + authFile + " of --auth-file cannot be read.");
        }
        return CredentialFiles.podman(authFile);
    }

    /** Returns the options for the library. */
    public RemoteOptions options() throws IOException {
        return builder().build();
    }

    /** Returns the options for the library, to which others are added. */
    public RemoteOptions.Builder builder() throws IOException {
        RemoteOptions.Builder options = RemoteOptions.builder().userAgent("berth");
        plainHttp.forEach(options::plainHttp);
        trustedRealms.forEach(realm -> trustRealm(options, realm));
        for (Map.Entry<String, Path> authority : authorities.entrySet()) {
            trust(options, authority.getKey(), authority.getValue());
        }
        return options.credentials(credentials());
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
