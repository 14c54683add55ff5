package dev.berth.registry.server;

import dev.berth.registry.Registry;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.memory.MemoryObjectStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;

/** A server over a new registry in memory, and a client for it. */
final class TestServer implements AutoCloseable {
    private final Registry registry;
    private final RegistryServer server;

    private TestServer(Registry registry, RegistryServer server) {
        this.registry = registry;
        this.server = server;
    }

    /** Returns the registry that all these tests are about: another one need only be named here. */
    static Registry newRegistry() {
        return StorageRegistry.over(MemoryObjectStore.create());
    }

    static TestServer start() throws IOException {
        return start(builder -> builder);
    }

    static TestServer start(UnaryOperator<RegistryServer.Builder> settings) throws IOException {
        return serving(newRegistry(), settings);
    }

    static TestServer serving(Registry registry, UnaryOperator<RegistryServer.Builder> settings) throws IOException {
        return new TestServer(
                registry,
                settings.apply(RegistryServer.builder(registry).listen("127.0.0.1", 0))
                        .build()
                        .start());
    }

    RegistryServer server() {
        return server;
    }

    Registry registry() {
        return registry;
    }

    Repository repository(String name) {
        return registry.repository(RepositoryName.parse(name));
    }

    RawConnection connect() throws IOException {
        return RawConnection.to(server.address());
    }

    RawResponse get(String target, String... headers) throws IOException {
        return exchange("GET", target, new byte[0], headers);
    }

    RawResponse head(String target, String... headers) throws IOException {
        try (RawConnection connection = connect()) {
            connection.sendBytes(request("HEAD", target, new byte[0], headers));
            RawResponse response = connection.readHead();
            if (connection.readToEnd().length > 0) {
                throw new IOException("The answer to HEAD has a body");
            }
            return response;
        }
    }

    /** Sends a request on a connection of its own; each header is a line such as {@code Range: bytes=0-9}. */
    RawResponse exchange(String method, String target, byte[] body, String... headers) throws IOException {
        try (RawConnection connection = connect()) {
            connection.sendBytes(request(method, target, body, headers));
            return connection.read();
        }
    }

    RawResponse exchange(String method, String target, String... headers) throws IOException {
        return exchange(method, target, new byte[0], headers);
    }

    static byte[] request(String method, String target, byte[] body, String... headers) {
        StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: registry.test\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        head.append("Connection: close\r\n");
        if (body.length > 0 || !method.equals("GET") && !method.equals("HEAD") && !method.equals("DELETE")) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        request.writeBytes(body);
        return request.toByteArray();
    }

    @Override
    public void close() {
        server.close();
        registry.close();
    }
}
