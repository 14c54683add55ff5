package dev.berth.registry.servlet;

import dev.berth.registry.client.fixtures.TestAuthority;
import jakarta.servlet.Servlet;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.http2.Http2Protocol;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;

/** Tomcat with HTTP/1.1 and h2c, set up as the documentation says. */
final class RunningTomcat implements Container {
    private static final int VIRTUAL_THREADS = 24;

    private final Tomcat tomcat;

    private RunningTomcat(Tomcat tomcat) {
        this.tomcat = tomcat;
    }

    /** What else is set. */
    @FunctionalInterface
    interface Settings {
        void apply(Connector connector) throws Exception;
    }

    static RunningTomcat start(String contextPath, Servlet servlet) throws Exception {
        return start(contextPath, servlet, connector -> {});
    }

    /** Starts Tomcat with TLS, and with HTTP/2 for clients that ask for it. */
    static RunningTomcat startTls(Servlet servlet, TestAuthority.Identity identity) throws Exception {
        return start("", servlet, connector -> {
            SSLHostConfig host = new SSLHostConfig();
            SSLHostConfigCertificate certificate =
                    new SSLHostConfigCertificate(host, SSLHostConfigCertificate.Type.UNDEFINED);
            certificate.setCertificateFile(identity.certificateFile().toString());
            certificate.setCertificateKeyFile(identity.keyFile().toString());
            host.addCertificate(certificate);
            connector.addSslHostConfig(host);
            connector.setProperty("SSLEnabled", "true");
            connector.setScheme("https");
            connector.setSecure(true);
        });
    }

    static RunningTomcat start(String contextPath, Servlet servlet, Settings settings) throws Exception {
        Path directory = Files.createDirectories(Path.of("target", "tomcat"));
        Tomcat tomcat = new Tomcat();
        tomcat.setSilent(true);
        tomcat.setBaseDir(directory.toAbsolutePath().toString());
        Connector connector = new Connector();
        connector.setPort(0);
        connector.setProperty("address", "127.0.0.1");
        connector.setProperty("maxHttpRequestHeaderSize", "32768");
        connector.setProperty("maxKeepAliveRequests", "-1");
        connector.setProperty("continueResponseTiming", "onRead");
        connector.setProperty(
                "useVirtualThreads", Boolean.toString(Runtime.version().feature() >= VIRTUAL_THREADS));
        connector.setProperty("socket.appWriteBufSize", "65536");
        connector.setProperty("socket.appReadBufSize", "65536");
        Http2Protocol http2 = new Http2Protocol();
        http2.setOverheadDataThreshold(0);
        http2.setAllowSchemeMismatch(true);
        connector.addUpgradeProtocol(http2);
        settings.apply(connector);
        tomcat.setConnector(connector);
        ((StandardHost) tomcat.getHost()).setErrorReportValveClass(JsonErrorReport.class.getName());

        Context context = tomcat.addContext(contextPath, null);
        Tomcat.addServlet(context, "registry", servlet).setAsyncSupported(true);
        context.addServletMapping("/*", "registry");
        tomcat.start();
        return new RunningTomcat(tomcat);
    }

    @Override
    public int port() {
        return tomcat.getConnector().getLocalPort();
    }

    @Override
    public void close() {
        try {
            tomcat.stop();
            tomcat.destroy();
        } catch (LifecycleException e) {
            throw new IllegalStateException(e);
        }
    }
}
