package dev.berth.registry.servlet;

import jakarta.servlet.Servlet;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** Jetty with HTTP/1.1 and h2c, set up as the documentation says. */
final class RunningJetty implements Container {
    private final Server server;
    private final ServerConnector connector;

    private RunningJetty(Server server, ServerConnector connector) {
        this.server = server;
        this.connector = connector;
    }

    static RunningJetty start(String contextPath, Servlet servlet) throws Exception {
        HttpConfiguration http = configuration();
        Server server = new Server();
        return start(
                server,
                new ServerConnector(server, new HttpConnectionFactory(http), new HTTP2CServerConnectionFactory(http)),
                contextPath,
                servlet);
    }

    /** Starts Jetty with TLS, and with HTTP/2 for clients that ask for it. */
    static RunningJetty startTls(Servlet servlet, SSLContext tls) throws Exception {
        HttpConfiguration https = configuration();
        // The host may be an address, for which clients send no name in TLS.
        https.addCustomizer(new SecureRequestCustomizer(false));
        SslContextFactory.Server ssl = new SslContextFactory.Server();
        ssl.setSslContext(tls);
        ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory();
        alpn.setDefaultProtocol(HttpVersion.HTTP_1_1.asString());
        Server server = new Server();
        return start(
                server,
                new ServerConnector(
                        server,
                        new SslConnectionFactory(ssl, alpn.getProtocol()),
                        alpn,
                        new HTTP2ServerConnectionFactory(https),
                        new HttpConnectionFactory(https)),
                "",
                servlet);
    }

    private static HttpConfiguration configuration() {
        HttpConfiguration http = new HttpConfiguration();
        http.setRequestHeaderSize(32 * 1024);
        http.setOutputBufferSize(64 * 1024);
        return http;
    }

    private static RunningJetty start(Server server, ServerConnector connector, String contextPath, Servlet servlet)
            throws Exception {
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setErrorHandler(new JsonErrorHandler());

        ServletContextHandler context = new ServletContextHandler(contextPath.isEmpty() ? "/" : contextPath);
        context.addServlet(new ServletHolder(servlet), "/*");
        server.setHandler(context);
        server.start();
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
