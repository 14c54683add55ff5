package dev.berth.registry.token;

import at.favre.lib.crypto.bcrypt.BCrypt;
import dev.berth.registry.BlobSource;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.Registry;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.access.Authorized;
import dev.berth.registry.access.Grant;
import dev.berth.registry.access.Grantee;
import dev.berth.registry.access.Grants;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.access.Role;
import dev.berth.registry.account.HtpasswdFile;
import dev.berth.registry.account.Logins;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.internal.json.JsonObject;
import dev.berth.registry.internal.json.StrictJson;
import dev.berth.registry.manifest.ImageManifest;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.server.RegistryServer;
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
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/** A server with public and private repositories: {@code public/app}, {@code alice/app}, {@code secret/app}. */
final class PrivateRegistry implements AutoCloseable {
    static final String SERVICE = "registry.test";

    final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
    final AtomicReference<Grants> policy = new AtomicReference<>();
    final AtomicReference<List<SigningKey>> keys = new AtomicReference<>(List.of(SigningKey.generate()));
    final Path htpasswd;
    final Registry registry = StorageRegistry.over(MemoryObjectStore.create());
    private final RegistryServer server;
    private final HttpClient client = HttpClient.newHttpClient();

    PrivateRegistry(Path directory) throws IOException {
        this(directory, UnaryOperator.identity(), UnaryOperator.identity());
    }

    /** Starts a server with further options. */
    PrivateRegistry(
            Path directory, UnaryOperator<TokenOptions.Builder> options, UnaryOperator<RegistryServer.Builder> settings)
            throws IOException {
        htpasswd = directory.resolve("htpasswd");
        users("alice", "alice's", "bob", "bob's");
        policy.set(Grants.of(
                new Grant(Grantee.everyone(), NamePattern.parse("public/**"), Role.READER),
                new Grant(Grantee.user("alice"), NamePattern.parse("alice/**"), Role.WRITER)));
        Logins logins = Logins.of(HtpasswdFile.open(htpasswd));
        TokenService tokens = TokenService.of(
                logins,
                (caller, action, repository) -> policy.get().allows(caller, action, repository),
                options.apply(TokenOptions.builder(SERVICE, keys::get).clock(now::get))
                        .build());
        server = settings.apply(RegistryServer.builder(
                                (caller, access, request) -> Authorized.of(registry, caller, policy.get()))
                        .authenticator(tokens.authenticator())
                        .route("/token", tokens)
                        .route("/token/jwks", tokens.keys())
                        .route("/token/certificates", tokens.certificates())
                        .listen("127.0.0.1", 0))
                .build()
                .start();
        for (String name : List.of("public/app", "alice/app", "secret/app")) {
            push(registry, name);
        }
    }

    static void push(Registry registry, String name) {
        var repository = registry.repository(RepositoryName.parse(name));
        Descriptor config = repository.blobs().push(BlobSource.of("{}".getBytes(StandardCharsets.UTF_8)));
        repository.manifests().put(manifest(config), Tag.parse("1"));
    }

    private static Manifest manifest(Descriptor config) {
        return ImageManifest.of(Descriptor.of(MediaTypes.OCI_CONFIG, config.digest(), config.size()), List.of())
                .toManifest();
    }

    /** Replaces the users: names and passwords in turn. */
    void users(String... namesAndPasswords) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < namesAndPasswords.length; i += 2) {
            lines.append(namesAndPasswords[i])
                    .append(':')
                    .append(BCrypt.with(BCrypt.Version.VERSION_2Y)
                            .hashToString(4, namesAndPasswords[i + 1].toCharArray()))
                    .append('\n');
        }
        Files.writeString(htpasswd, lines);
    }

    String host() {
        return "127.0.0.1:" + server.address().getPort();
    }

    HttpResponse<String> get(String target, String... headers) {
        return send(HttpRequest.newBuilder().GET(), target, headers);
    }

    HttpResponse<String> post(String target, String body, String... headers) {
        return send(HttpRequest.newBuilder().POST(HttpRequest.BodyPublishers.ofString(body)), target, headers);
    }

    HttpResponse<String> send(HttpRequest.Builder request, String target, String... headers) {
        request.uri(URI.create("http://" + host() + target));
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

    static String basic(String name, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    static String field(HttpResponse<String> response, String name) {
        return JsonObject.root(StrictJson.parse(response.body().getBytes(StandardCharsets.UTF_8)))
                .string(name)
                .orElse("");
    }

    /** Returns the token that a user gets for a scope. */
    String token(String name, String password, String scope) {
        return field(get("/token?scope=" + encode(scope), "Authorization", basic(name, password)), "token");
    }

    int status(String target, String token) {
        return get(target, "Authorization", "Bearer " + token).statusCode();
    }

    @Override
    public void close() {
        server.close();
        registry.close();
    }
}
