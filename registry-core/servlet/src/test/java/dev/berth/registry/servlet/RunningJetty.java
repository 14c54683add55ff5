package dev.berth.registry.servlet;

import jakarta.servlet.Servlet;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** Jetty with HTTP/1.1 and h2c, set up as the documentation says. */
final class RunningJetty implements Container {
    private final Server server;
    private final ServerConnector connector;

    private RunningJetty(Server server, ServerConnector connector) {
        this.server = server;
        this.connector = connector;
    }

    static RunningJetty start(String contextPath, Servlet servlet) throws Exception {
        // docs: jetty
        HttpConfiguration http = new HttpConfiguration();
        http.setRequestHeaderSize(32 * 1024);
        http.setOutputBufferSize(64 * 1024);
        Server server = new Server();
        ServerConnector connector = new ServerConnector(
                server, new HttpConnectionFactory(http), new HTTP2CServerConnectionFactory(http));
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setErrorHandler(new JsonErrorHandler());

        ServletContextHandler context = new ServletContextHandler(contextPath.isEmpty() ? "/" : contextPath);
        context.addServlet(new ServletHolder(servlet), "/*");
        server.setHandler(context);
        server.start();
        // docs: end
        return new RunningJetty(server, connector);
    }

    @Override
    public int port() {
        return connector.getLocalPort();
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
