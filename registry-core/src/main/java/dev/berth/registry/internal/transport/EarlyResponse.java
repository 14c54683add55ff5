package dev.berth.registry.internal.transport;

import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.ResponseOutOfOrderStrategy;
import org.apache.hc.core5.util.Timeout;

/**
 * Checks periodically, while a body is being sent, whether the response has arrived. A server that rejects a body
 * responds early and may close the connection without reading the rest; the response would be lost otherwise. One
 * instance per connection.
 *
 * <p>HttpCore's own strategy blocks for a millisecond every 8 KiB.
 */
final class EarlyResponse implements ResponseOutOfOrderStrategy {
    private static final long STEP = 128 * 1024;

    private boolean detected;

    /** Returns whether the response to the current request arrived before the request was sent completely. */
    boolean isDetected() {
        return detected;
    }

    /** Prepares for the next request. */
    void reset() {
        detected = false;
    }

    @Override
    public boolean isEarlyResponseDetected(
            ClassicHttpRequest request, HttpClientConnection connection, InputStream input, long sent, long next)
            throws IOException {
        if (!detected && sent / STEP != (sent + next) / STEP) {
            detected = hasResponse((RegistryConnection) connection);
        }
        // Nothing is sent after that, not even the proper end of the body: it could block.
        return detected;
    }

    private static boolean hasResponse(RegistryConnection connection) throws IOException {
        if (!connection.hasInput()) {
            return false;
        }
        // Input of a TLS connection may be a TLS message without application data.
        return connection.getSSLSession() == null || connection.isDataAvailable(Timeout.ONE_MILLISECOND);
    }
}
