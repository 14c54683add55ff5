package dev.berth.registry.servlet;

import jakarta.servlet.Servlet;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.http2.Http2Protocol;

/** Tomcat with HTTP/1.1 and h2c, set up as the documentation says. */
final class RunningTomcat implements Container {
    private final Tomcat tomcat;

    private RunningTomcat(Tomcat tomcat) {
        this.tomcat = tomcat;
    }

    static RunningTomcat start(String contextPath, Servlet servlet) throws Exception {
        Path directory = Files.createDirectories(Path.of("target", "tomcat"));
        Tomcat tomcat = new Tomcat();
        tomcat.setSilent(true);
        tomcat.setBaseDir(directory.toAbsolutePath().toString());
        // docs: tomcat
        Connector connector = new Connector();
        connector.setPort(0);
        connector.setProperty("address", "127.0.0.1");
        connector.setProperty("maxHttpRequestHeaderSize", "32768");
        connector.setProperty("continueResponseTiming", "onRead");
        connector.setProperty("socket.appWriteBufSize", "65536");
        connector.setProperty("socket.appReadBufSize", "65536");
        connector.addUpgradeProtocol(new Http2Protocol());
        tomcat.setConnector(connector);
        ((StandardHost) tomcat.getHost()).setErrorReportValveClass(JsonErrorReport.class.getName());

        Context context = tomcat.addContext(contextPath, null);
        Tomcat.addServlet(context, "registry", servlet).setAsyncSupported(true);
        context.addServletMappingDecoded("/*", "registry");
        tomcat.start();
        // docs: end
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
