package dev.berth.registry.server;

import dev.berth.registry.Registry;
import java.io.IOException;
import java.util.function.UnaryOperator;

/**
 * Tests that hold for whatever serves a handler over HTTP/1.1: the server itself, and containers, whose module runs the same
 * tests with another {@link #serve(Registry, UnaryOperator)}.
 */
public abstract class ServedTest {

    /** Serves a registry. */
    protected TestServer serve(Registry registry, UnaryOperator<RegistryServer.Builder> settings) throws IOException {
        return TestServer.serving(registry, settings);
    }

    final TestServer serve(UnaryOperator<RegistryServer.Builder> settings) throws IOException {
        return serve(TestServer.newRegistry(), settings);
    }

    final TestServer serve() throws IOException {
        return serve(builder -> builder);
    }
}
