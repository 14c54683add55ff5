package dev.berth.registry.internal.transport;

import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.protocol.HttpContext;

/**
 * Starts TLS as {@link TlsTrust} says. {@code TlsTrust} itself does not refer to HttpClient: options can be made before
 * it is known whether HttpClient is new enough.
 */
final class TrustedTls implements TlsSocketStrategy {
    private final TlsTrust trust;

    TrustedTls(TlsTrust trust) {
        this.trust = trust;
    }

    @Override
    public SSLSocket upgrade(Socket socket, String host, int port, Object attachment, HttpContext context)
            throws IOException {
        // The JDK verifies the name of the host.
        return new DefaultClientTlsStrategy(trust.context(host, port), HostnameVerificationPolicy.BUILTIN, null)
                .upgrade(socket, host, port, attachment, context);
    }
}
