package dev.berth.examples.servlet;

import dev.berth.registry.servlet.RegistryServlet;
import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.http2.Http2Protocol;

/** Tomcat with a page of its own and a registry, over HTTP/1.1 and h2c on one port. */
final class InTomcat {
    private InTomcat() {}

    /** Starts Tomcat on the loopback address. */
    static Tomcat start(int port, Path directory, RegistryServlet registry) throws LifecycleException {
        Connector connector = new Connector();
        connector.setPort(port);
        connector.setProperty("address", "127.0.0.1");
        connector.setProperty("maxHttpRequestHeaderSize", "32768");
        connector.setProperty("maxKeepAliveRequests", "-1");
        connector.setProperty("continueResponseTiming", "onRead");
        connector.setProperty("socket.appReadBufSize", "65536");
        connector.setProperty("socket.appWriteBufSize", "65536");
        connector.setProperty(
                "useVirtualThreads", Boolean.toString(Runtime.version().feature() >= 24));
        Http2Protocol http2 = new Http2Protocol();
        http2.setOverheadDataThreshold(0);
        http2.setAllowSchemeMismatch(true);
        connector.addUpgradeProtocol(http2);

        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(directory.toString());
        tomcat.setConnector(connector);
        ((StandardHost) tomcat.getHost()).setErrorReportValveClass(JsonErrorReport.class.getName());

        Context context = tomcat.addContext("", null);
        Tomcat.addServlet(context, "registry", registry).setAsyncSupported(true);
        context.addServletMapping("/v2/*", "registry");
        Tomcat.addServlet(context, "welcome", new WelcomePage());
        context.addServletMapping("/", "welcome");
        tomcat.start();
        return tomcat;
    }
}
