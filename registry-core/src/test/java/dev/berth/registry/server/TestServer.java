package dev.berth.registry.server;

import dev.berth.registry.Registry;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.memory.MemoryObjectStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;

/** A server over a new registry in memory, and a client for it. */
public final class TestServer implements AutoCloseable {
    private final Registry registry;
    private final RegistryServer server;
    private final InetSocketAddress address;
    private final Runnable stop;

    private TestServer(Registry registry, RegistryServer server, InetSocketAddress address, Runnable stop) {
        this.registry = registry;
        this.server = server;
        this.address = address;
        this.stop = stop;
    }

    /**
     * Returns a server whose handler is served by something else.
     *
     * @param stop ends that
     */
    public static TestServer elsewhere(
            Registry registry, RegistryServer notStarted, InetSocketAddress address, Runnable stop) {
        return new TestServer(registry, notStarted, address, stop);
    }

    /** Returns the registry that all these tests are about: another one need only be named here. */
    public static Registry newRegistry() {
        return StorageRegistry.over(MemoryObjectStore.create());
    }

    public static TestServer start() throws IOException {
        return start(builder -> builder);
    }

    public static TestServer start(UnaryOperator<RegistryServer.Builder> settings) throws IOException {
        return serving(newRegistry(), settings);
    }

    public static TestServer serving(Registry registry, UnaryOperator<RegistryServer.Builder> settings) throws IOException {
        RegistryServer server = settings.apply(RegistryServer.builder(registry).listen("127.0.0.1", 0))
                .build()
                .start();
        return new TestServer(registry, server, server.address(), server::close);
    }

    public RegistryServer server() {
        return server;
    }

    public Registry registry() {
        return registry;
    }

    public Repository repository(String name) {
        return registry.repository(RepositoryName.parse(name));
    }

    public RawConnection connect() throws IOException {
        return RawConnection.to(address);
    }

    public RawResponse get(String target, String... headers) throws IOException {
        return exchange("GET", target, new byte[0], headers);
    }

    public RawResponse head(String target, String... headers) throws IOException {
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
    public RawResponse exchange(String method, String target, byte[] body, String... headers) throws IOException {
        try (RawConnection connection = connect()) {
            connection.sendBytes(request(method, target, body, headers));
            return connection.read();
        }
    }

    public RawResponse exchange(String method, String target, String... headers) throws IOException {
        return exchange(method, target, new byte[0], headers);
    }

    public static byte[] request(String method, String target, byte[] body, String... headers) {
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
        stop.run();
        registry.close();
    }
}
