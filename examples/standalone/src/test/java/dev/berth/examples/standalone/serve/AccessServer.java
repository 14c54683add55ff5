package dev.berth.examples.standalone.serve;

import dev.berth.examples.standalone.configuration.Settings;
import dev.berth.examples.standalone.configuration.SettingsSource;
import dev.berth.registry.BlobSource;
import dev.berth.registry.audit.AuditListener;
import dev.berth.registry.host.HostedRegistry;
import dev.berth.registry.host.HostedRegistryBuilder;
import dev.berth.registry.maintenance.api.MaintenanceApi;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.server.RegistryServer;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/** What {@code serve} serves with a configuration file, over storage in memory, in this process. */
final class AccessServer implements AutoCloseable {
    /** The blob of every repository. */
    static final String BLOB = "sha256:4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a";

    private static final Pattern TOKEN = Pattern.compile("\"token\":\"([^\"]+)\"");

    final Optional<String> administrator;
    private final ServedAccess access;
    private final HostedRegistry hosted;
    private final RegistryServer server;
    private final HttpClient client;
    private final String address;

    private AccessServer(SettingsSource source, ObjectStore store, HttpClient client) throws IOException {
        Settings settings = source.read();
        this.client = client;
        AuditListener audit = ServedAudit.of(settings);
        HostedRegistryBuilder registry = ServedRegistry.over(store, settings).audit(audit);
        ServedConsole console = ServedConsole.addTo(
                registry, settings.console(), ServedTrust.of(settings.trust(), audit, ServedMetrics.of(settings)));
        hosted = registry.build();
        for (String name : new String[] {"library/app", "dev/app", "acme/app"}) {
            hosted.engine().repository(name).blobs().push(BlobSource.of(new byte[] {1}));
        }
        access = ServedAccess.open(settings, store, source, audit, Optional.empty());
        RegistryServer.Builder builder = hosted.server(
                        views -> access.server(views, hosted, apis(), console))
                .listen("127.0.0.1", 0);
        if (settings.tls().isPresent()) {
            builder.tls(ServerTls.of(settings.tls().get()));
        }
        server = builder.build().start();
        address = (settings.tls().isPresent() ? "https" : "http") + "://127.0.0.1:"
                + server.address().getPort();
        administrator = access.addFirstAdministrator();
    }

    private ManagementApis apis() {
        return new ManagementApis(MaintenanceApi.builder(hosted), Optional.empty(), Optional.empty());
    }

    static AccessServer of(Path file, String yaml) throws IOException {
        return of(file, yaml, MemoryObjectStore.create());
    }

    static AccessServer overTls(Path file, String yaml, SSLContext client) throws IOException {
        Files.writeString(file, yaml);
        return new AccessServer(
                source(file),
                MemoryObjectStore.create(),
                HttpClient.newBuilder().sslContext(client).build());
    }

    private static SettingsSource source(Path file) {
        return new SettingsSource(Optional.empty(), Optional.of("memory:"), Optional.of(file), Map.of());
    }

    static AccessServer of(Path file, String yaml, ObjectStore store) throws IOException {
        Files.writeString(file, yaml);
        return new AccessServer(source(file), store, HttpClient.newHttpClient());
    }

    /** Sends a request: a method, a target, and header fields in turn. */
    HttpResponse<String> send(String method, String target, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + target))
                .method(method, HttpRequest.BodyPublishers.noBody());
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    int status(String method, String target, String... headers) {
        return send(method, target, headers).statusCode();
    }

    static String basic(String name, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    /** Returns what the token service gives a user for a scope, as an {@code Authorization}. */
    String bearer(String name, String password, String scope) {
        String target = "/token?scope=" + URLEncoder.encode(scope, StandardCharsets.UTF_8);
        HttpResponse<String> response =
                name.isEmpty() ? send("GET", target) : send("GET", target, "Authorization", basic(name, password));
        Matcher token = TOKEN.matcher(response.body());
        if (!token.find()) {
            throw new AssertionError("There is no token: " + response.statusCode() + " " + response.body());
        }
        return "Bearer " + token.group(1);
    }

    /** Returns the status of starting an upload in a repository with a token for that. */
    int push(String name, String password, String repository) {
        return status(
                "POST",
                "/v2/" + repository + "/blobs/uploads/",
                "Authorization",
                bearer(name, password, "repository:" + repository + ":pull,push"));
    }

    /** Returns the status of reading a blob of a repository with a token for that. */
    int pull(String name, String password, String repository) {
        return status(
                "GET",
                "/v2/" + repository + "/blobs/" + BLOB,
                "Authorization",
                bearer(name, password, "repository:" + repository + ":pull"));
    }

    @Override
    public void close() {
        server.close();
        hosted.close();
        access.close();
    }
}
