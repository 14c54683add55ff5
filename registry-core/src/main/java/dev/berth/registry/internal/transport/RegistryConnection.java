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
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultHttpRequestWriterFactory;
import org.apache.hc.core5.http.io.HttpConnectionFactory;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * A connection that never logs: HttpClient's own writes all headers, with their credentials, to its debug log. It has
 * another time limit for the body of a response than for its beginning, one for writes, and hears what a server says
 * that does not take a body to its end.
 */
final class RegistryConnection extends DefaultManagedHttpClientConnection {
    private static final Http1Config LIMITS = Http1Config.custom()
            .setMaxHeaderCount(200)
            .setMaxLineLength(64 * 1024)
            .setMaxEmptyLineCount(10)
            .setBufferSize(16 * 1024)
            .build();

    private final Duration stallTimeout;
    private final EarlyResponse early;
    private final ResponseParser parser;
    private @Nullable WatchedSocket watched;
    private @Nullable StallWatch watch;
    private boolean cutShort;
    private boolean used;

    private RegistryConnection(String id, Duration stallTimeout, EarlyResponse early, ResponseParser parser) {
        super(id, null, null, LIMITS, null, null, early, new DefaultHttpRequestWriterFactory(LIMITS), limits -> parser);
        this.stallTimeout = stallTimeout;
        this.early = early;
        this.parser = parser;
    }

    static HttpConnectionFactory<ManagedHttpClientConnection> factory(Duration stallTimeout) {
        AtomicLong count = new AtomicLong();
        return (@Nullable Socket socket) -> {
            String id = "registry-" + count.incrementAndGet();
            RegistryConnection connection =
                    new RegistryConnection(id, stallTimeout, new EarlyResponse(), new ResponseParser(LIMITS));
            if (socket != null) {
                connection.bind(socket);
            }
            return connection;
        };
    }

    @Override
    public void bind(Socket socket) throws IOException {
        bindWatched(new WatchedSocket(socket));
    }

    @Override
    public void bind(SSLSocket secured, Socket socket) throws IOException {
        bindWatched(new WatchedSocket(secured, socket));
    }

    private void bindWatched(WatchedSocket socket) throws IOException {
        watched = socket;
        bind(socket);
    }

    /** Returns whether anything has come in that was not read. */
    boolean hasInput() {
        return watched != null && watched.hasInput();
    }

    /** Returns whether there is more than the server said that it would send: nobody knows what it belongs to. */
    private boolean hasSurplus() {
        return parser.hasUnread() || watched != null && watched.showsAnswer();
    }

    @Override
    public void sendRequestHeader(ClassicHttpRequest request) throws HttpException, IOException {
        if (used && hasSurplus()) {
            // Or it has said that it closes the connection. Either would be taken for the answer to this request.
            throw new UsedUpException();
        }
        used = true;
        early.reset();
        cutShort = false;
        if (watched != null && request.getEntity() != null) {
            watch = StallWatch.start(watched, stallTimeout);
        }
        super.sendRequestHeader(request);
    }

    @Override
    public void sendRequestEntity(ClassicHttpRequest request) throws HttpException, IOException {
        try {
            super.sendRequestEntity(request);
            cutShort = early.isDetected();
        } catch (BodyFailedException e) {
            throw e;
        } catch (IOException e) {
            requireAnswer(e);
        }
    }

    @Override
    public void flush() throws IOException {
        if (cutShort) {
            // The rest of a request that was answered before. Nobody may be there to take it.
            return;
        }
        try {
            super.flush();
        } catch (IOException e) {
            requireAnswer(e);
        }
    }

    /** A server that takes no more may have said why. */
    private void requireAnswer(IOException e) throws IOException {
        if (!hasAnswer()) {
            throw watch != null && watch.hasStalled() ? new StalledException(e) : e;
        }
        cutShort = true;
    }

    private boolean hasAnswer() {
        try {
            return isOpen() && isDataAvailable(Timeout.ONE_MILLISECOND);
        } catch (IOException e) {
            // That nothing can be read is no news.
            return false;
        }
    }

    /** Behind half a request, or more than a response, there is no place for another one. */
    @Override
    public boolean isConsistent() {
        return !cutShort && !hasSurplus() && super.isConsistent();
    }

    @Override
    public ClassicHttpResponse receiveResponseHeader() throws HttpException, IOException {
        stopWatching();
        return super.receiveResponseHeader();
    }

    private void stopWatching() {
        if (watch != null) {
            watch.stop();
            cutShort |= watch.hasEndedWrites();
            watch = null;
        }
    }

    @Override
    public void close() throws IOException {
        stopWatching();
        super.close();
    }

    @Override
    public void close(CloseMode mode) {
        super.close(mode);
        stopWatching();
    }

    @Override
    protected void onRequestSubmitted(ClassicHttpRequest request) {
        // Its headers are not logged.
    }

    @Override
    protected void onResponseReceived(ClassicHttpResponse response) {
        setSocketTimeout(Timeout.of(stallTimeout));
    }
}
