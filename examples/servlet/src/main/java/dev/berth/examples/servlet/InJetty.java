package dev.berth.examples.servlet;

import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.server.RegistryServer;
import dev.berth.registry.servlet.RegistryServlet;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** Jetty with a page of its own and a registry, over HTTP/1.1 and h2c on one port. */
final class InJetty {
    private InJetty() {}

    /** Serves on port 5000 until the process ends. */
    public static void main(String[] arguments) throws Exception {
        try (var store = MemoryObjectStore.create();
                var registry = StorageRegistry.over(store)) {
            RegistryServer server = RegistryServer.builder(registry).build();
            start(5000, new RegistryServlet(server.handler())).join();
        }
    }

    /** Starts Jetty on the loopback address. */
    static Server start(int port, RegistryServlet registry) throws Exception {
        HttpConfiguration http = new HttpConfiguration();
        http.setRequestHeaderSize(32 * 1024);
        http.setOutputBufferSize(64 * 1024);

        Server server = new Server();
        ServerConnector connector =
                new ServerConnector(server, new HttpConnectionFactory(http), new HTTP2CServerConnectionFactory(http));
        connector.setHost("127.0.0.1");
        connector.setPort(port);
        server.addConnector(connector);
        server.setErrorHandler(new JsonErrorHandler());

        ServletContextHandler context = new ServletContextHandler("/");
        context.addServlet(new ServletHolder(registry), "/v2/*");
        context.addServlet(new ServletHolder(new WelcomePage()), "/");
        server.setHandler(context);
        server.start();
        return server;
    }
}
