package dev.berth.registry.internal.transport;

import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.ResponseOutOfOrderStrategy;
import org.apache.hc.core5.util.Timeout;

/**
 * Looks now and then, while a body is sent, whether the server has answered already: it does when it will not take the
 * body, and may close the connection without reading the rest. Without this the answer would be lost. For one
 * connection.
 *
 * <p>HttpCore's own strategy waits a millisecond for every 8 KiB.
 */
final class EarlyResponse implements ResponseOutOfOrderStrategy {
    private static final long STEP = 128 * 1024;

    private boolean detected;

    /** Returns whether the current request was answered before it was sent. */
    boolean isDetected() {
        return detected;
    }

    /** Forgets the request before. */
    void reset() {
        detected = false;
    }

    @Override
    public boolean isEarlyResponseDetected(
            ClassicHttpRequest request, HttpClientConnection connection, InputStream input, long sent, long next)
            throws IOException {
        if (!detected && sent / STEP != (sent + next) / STEP) {
            detected = hasAnswer((RegistryConnection) connection);
        }
        // Nothing more is sent once this is known, not even what would end the body in good order: it could block.
        return detected;
    }

    private static boolean hasAnswer(RegistryConnection connection) throws IOException {
        if (!connection.hasInput()) {
            return false;
        }
        // What comes in through TLS need not be from the server's application.
        return connection.getSSLSession() == null || connection.isDataAvailable(Timeout.ONE_MILLISECOND);
    }
}
