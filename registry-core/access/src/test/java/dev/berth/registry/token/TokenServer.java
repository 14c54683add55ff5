package dev.berth.registry.token;

import dev.berth.registry.Registry;
import dev.berth.registry.access.AccessPolicy;
import dev.berth.registry.access.Authorized;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.server.Authenticator;
import dev.berth.registry.server.RegistryServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;

/** A server with {@code public/app}, {@code alice/app} and {@code secret/app}, and an authenticator. */
final class TokenServer implements AutoCloseable {
    private final Registry registry = StorageRegistry.over(MemoryObjectStore.create());
    private final RegistryServer server;
    private final HttpClient client = HttpClient.newHttpClient();

    private TokenServer(RegistryServer.Builder builder) throws IOException {
        this.server = builder.listen("127.0.0.1", 0).build().start();
        for (String name : List.of("public/app", "alice/app", "secret/app")) {
            PrivateRegistry.push(registry, name);
        }
    }

    /** Starts a server that enforces nothing but the limits of callers. */
    static TokenServer start(Authenticator authenticator) throws IOException {
        return start(authenticator, (caller, action, repository) -> true);
    }

    static TokenServer start(Authenticator authenticator, AccessPolicy policy) throws IOException {
        Registry[] shared = new Registry[1];
        TokenServer started = new TokenServer(
                RegistryServer.builder((caller, access, request) -> Authorized.of(shared[0], caller, policy))
                        .authenticator(authenticator));
        shared[0] = started.registry;
        return started;
    }

    String host() {
        return "127.0.0.1:" + server.address().getPort();
    }

    HttpResponse<String> send(String method, String target, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://" + host() + target))
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    HttpResponse<String> get(String target, String token) {
        return send("GET", target, "Authorization", "Bearer " + token);
    }

    int status(String target, String token) {
        return get(target, token).statusCode();
    }

    @Override
    public void close() {
        server.close();
        registry.close();
    }
}
