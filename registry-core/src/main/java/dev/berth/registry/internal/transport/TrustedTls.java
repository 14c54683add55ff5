package dev.berth.registry.internal.transport;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
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
    private final Duration timeout;

    TrustedTls(TlsTrust trust, Duration timeout) {
        this.trust = trust;
        this.timeout = timeout;
    }

    @Override
    public SSLSocket upgrade(Socket socket, String host, int port, Object attachment, HttpContext context)
            throws IOException {
        Deadline deadline = Deadline.start(timeout, () -> close(socket));
        try {
            // The JDK verifies the name of the host.
            return new DefaultClientTlsStrategy(trust.context(host, port), HostnameVerificationPolicy.BUILTIN, null)
                    .upgrade(socket, host, port, attachment, context);
        } catch (IOException e) {
            if (deadline.hasPassed()) {
                SocketTimeoutException late = new SocketTimeoutException("The TLS handshake takes too long");
                late.initCause(e);
                throw late;
            }
            throw e;
        } finally {
            deadline.stop();
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // The handshake fails by its own timeout.
            return;
        }
    }
}
