package dev.berth.registry.internal.http;

import java.net.Socket;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.impl.io.SocketHolder;
import org.apache.hc.core5.util.VersionInfo;
import org.jspecify.annotations.Nullable;

/**
 * Checks the releases of Apache HttpClient and HttpCore on the application's path, which the dependency management of a
 * framework often sets. The check looks for the API that Berth uses, not for a release number, which repackaged jars
 * may lack.
 */
public final class HttpLibraries {
    private static final String ADVICE =
            " Manage org.apache.httpcomponents.client5:httpclient5 and org.apache.httpcomponents.core5:httpcore5 and"
                    + " httpcore5-h2 accordingly (with Spring Boot: httpclient5.version and httpcore5.version)";

    private HttpLibraries() {}

    /**
     * Checks the requirements of the client: HttpClient 5.4 and HttpCore 5.3, or later.
     *
     * @throws IllegalStateException if they are older; the message states the releases found and required
     */
    public static void requireForClient() {
        if (!hasCore53() || !hasClient54()) {
            throw new IllegalStateException(
                    "A remote registry requires HttpClient 5.4 and HttpCore 5.3, or later; found are HttpClient "
                            + release("org.apache.hc.client5") + " and HttpCore "
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
