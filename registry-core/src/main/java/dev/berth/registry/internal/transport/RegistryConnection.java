package dev.berth.registry.internal.transport;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.impl.io.DefaultManagedHttpClientConnection;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultHttpRequestWriterFactory;
import org.apache.hc.core5.http.impl.io.SocketHolder;
import org.apache.hc.core5.http.io.HttpConnectionFactory;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * A connection that never logs: HttpClient's own writes all headers, with their credentials, to its debug log. And one
 * that has another time limit for the body of a response than for its beginning.
 */
final class RegistryConnection extends DefaultManagedHttpClientConnection {
    private static final Http1Config LIMITS = Http1Config.custom()
            .setMaxHeaderCount(200)
            .setMaxLineLength(64 * 1024)
            .setMaxEmptyLineCount(10)
            .setBufferSize(16 * 1024)
            .build();

    private final Timeout stallTimeout;

    private RegistryConnection(String id, Timeout stallTimeout) {
        super(
                id,
                null,
                null,
                LIMITS,
                null,
                null,
                new EarlyResponse(),
                new DefaultHttpRequestWriterFactory(LIMITS),
                limits -> new ResponseParser(LIMITS));
        this.stallTimeout = stallTimeout;
    }

    static HttpConnectionFactory<ManagedHttpClientConnection> factory(Duration stallTimeout) {
        AtomicLong count = new AtomicLong();
        Timeout timeout = Timeout.of(stallTimeout);
        return (@Nullable Socket socket) -> {
            RegistryConnection connection = new RegistryConnection("registry-" + count.incrementAndGet(), timeout);
            if (socket != null) {
                connection.bind(socket);
            }
            return connection;
        };
    }

    @Override
    public void bind(Socket socket) throws IOException {
        bind(new SocketHolder(socket));
    }

    @Override
    public void bind(SSLSocket secured, Socket socket) throws IOException {
        bind(new SocketHolder(secured, socket));
    }

    @Override
    protected void onRequestSubmitted(ClassicHttpRequest request) {
        // Its headers are not logged.
    }

    @Override
    protected void onResponseReceived(ClassicHttpResponse response) {
        setSocketTimeout(stallTimeout);
    }
}
