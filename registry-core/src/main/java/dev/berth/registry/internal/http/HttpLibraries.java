package dev.berth.registry.internal.http;

import java.net.Socket;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.impl.io.SocketHolder;
import org.apache.hc.core5.util.VersionInfo;
import org.jspecify.annotations.Nullable;

/**
 * Checks the releases of Apache HttpClient and HttpCore that the application has. Which ones it has is often decided by
 * the dependency management of a framework, not by Berth. What is needed decides, not the number of the release, which
 * may be missing from a jar that was repackaged.
 */
public final class HttpLibraries {
    private static final String ADVICE =
            " Manage org.apache.httpcomponents.client5:httpclient5 and org.apache.httpcomponents.core5:httpcore5 and"
                    + " httpcore5-h2 accordingly (with Spring Boot: httpclient5.version and httpcore5.version)";

    private HttpLibraries() {}

    /**
     * Checks what the client needs: HttpClient 5.4 and HttpCore 5.3, or later releases.
     *
     * @throws IllegalStateException if they are older; the message has the releases found and needed
     */
    public static void requireForClient() {
        if (!hasCore53() || !hasClient54()) {
            throw new IllegalStateException(
                    "A remote registry needs HttpClient 5.4 and HttpCore 5.3, or later; found are"
                            + " HttpClient " + release("org.apache.hc.client5") + " and HttpCore "
                            + release("org.apache.hc.core5") + "." + ADVICE);
        }
    }

    /**
     * Checks what the server needs: HttpCore 5.3 or a later release.
     *
     * @throws IllegalStateException if it is older; the message has the releases found and needed
     */
    public static void requireForServer() {
        if (!hasCore53()) {
            throw new IllegalStateException("A registry server needs HttpCore 5.3 or later; found is HttpCore "
                    + release("org.apache.hc.core5") + "." + ADVICE);
        }
    }

    private static boolean hasClient54() {
        try {
            return TlsSocketStrategy.class.isInterface();
        } catch (NoClassDefFoundError e) {
            return false;
        }
    }

    private static boolean hasCore53() {
        try {
            return SocketHolder.class
                            .getConstructor(SSLSocket.class, Socket.class)
                            .getParameterCount()
                    == 2;
        } catch (NoSuchMethodException e) {
            return false;
        }
    }

    private static String release(String name) {
        @Nullable VersionInfo version = VersionInfo.loadVersionInfo(name, HttpLibraries.class.getClassLoader());
        return version == null || version.getRelease().equals(VersionInfo.UNAVAILABLE)
                ? "of an unknown release"
                : version.getRelease();
    }
}
