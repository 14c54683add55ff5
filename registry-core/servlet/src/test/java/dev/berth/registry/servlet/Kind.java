package dev.berth.registry.servlet;

import dev.berth.registry.client.fixtures.TestAuthority;
import jakarta.servlet.Servlet;

/** Which container it is. */
enum Kind {
    TOMCAT {
        @Override
        Container start(Servlet servlet) throws Exception {
            return RunningTomcat.start("", servlet);
        }

        @Override
        Container startTls(Servlet servlet, TestAuthority authority, TestAuthority.Identity identity) throws Exception {
            return RunningTomcat.startTls(servlet, identity);
        }
    },
    JETTY {
        @Override
        Container start(Servlet servlet) throws Exception {
            return RunningJetty.start("", servlet);
        }

        @Override
        Container startTls(Servlet servlet, TestAuthority authority, TestAuthority.Identity identity) throws Exception {
            return RunningJetty.startTls(servlet, identity.serverContext(authority));
        }
    };

    /** Starts it with HTTP/1.1 and h2c. */
    abstract Container start(Servlet servlet) throws Exception;

    /** Starts it with TLS, by which clients can ask for HTTP/2. */
    abstract Container startTls(Servlet servlet, TestAuthority authority, TestAuthority.Identity identity)
            throws Exception;
}
