package dev.berth.registry.internal.transport;

import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.ResponseOutOfOrderStrategy;
import org.apache.hc.core5.util.Timeout;

/**
 * Looks now and then, while a body is sent, whether the server has answered already: it does when it will not take the
 * body, and may close the connection without reading the rest. Without this the answer would be lost.
 *
 * <p>HttpCore's own strategy waits a millisecond for every 8 KiB.
 */
final class EarlyResponse implements ResponseOutOfOrderStrategy {
    private static final long PLAIN_STEP = 128 * 1024;
    private static final long TLS_STEP = 1024 * 1024;

    @Override
    public boolean isEarlyResponseDetected(
            ClassicHttpRequest request, HttpClientConnection connection, InputStream input, long sent, long next)
            throws IOException {
        boolean secure = connection.getSSLSession() != null;
        long step = secure ? TLS_STEP : PLAIN_STEP;
        if (sent / step == (sent + next) / step) {
            return false;
        }
        // What has arrived through TLS does not show before it is read.
        return secure ? connection.isDataAvailable(Timeout.ONE_MILLISECOND) : input.available() > 0;
    }
}
