package dev.berth.registry.internal.transport;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.impl.io.DefaultHttpRequestWriterFactory;
import org.apache.hc.core5.http.io.HttpConnectionFactory;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Identifiable;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * A connection of the pool. It differs from HttpClient's own in five ways. It logs neither headers nor content, which
 * hold credentials. The timeout for the body of a response is not the one for its first byte. Writes have a timeout.
 * The head of a response has a deadline, however many interim responses are before it.
 * A response that arrives while the request's body is still being sent is received.
 *
 * <p>It extends the connection of HttpCore: HttpClient's own cannot be extended in HttpClient 5.4 and 5.5.
 */
final class RegistryConnection extends DefaultBHttpClientConnection
        implements ManagedHttpClientConnection, Identifiable {
    private static final Http1Config LIMITS = Http1Config.custom()
            .setMaxHeaderCount(200)
            .setMaxLineLength(64 * 1024)
            .setMaxEmptyLineCount(10)
            .setBufferSize(16 * 1024)
            .build();

    private final String id;
    private final TransportOptions options;
    private final Duration idleTimeout;
    private final EarlyResponse early;
    private final ResponseParser parser;
    private final AtomicBoolean closed = new AtomicBoolean();
    private @Nullable StallGuardedSocket guarded;
    private @Nullable StallWatch watch;
    private @Nullable Deadline headDeadline;
    private int interimResponses;
    private Timeout socketTimeout = Timeout.ZERO_MILLISECONDS;
    private long idleSince = System.nanoTime();
    private boolean cutShort;
    private boolean used;

    private RegistryConnection(
            String id, TransportOptions options, Duration idleTimeout, EarlyResponse early, ResponseParser parser) {
        super(LIMITS, null, null, null, null, early, new DefaultHttpRequestWriterFactory(LIMITS), limits -> parser);
        this.id = id;
        this.options = options;
        this.idleTimeout = idleTimeout;
        this.early = early;
        this.parser = parser;
    }

    /**
     * Returns what makes the connections of one pool.
     *
     * @param options the timeouts and limits
     * @param idleTimeout for how long the pool keeps a connection that is not used
     */
    static HttpConnectionFactory<ManagedHttpClientConnection> factory(TransportOptions options, Duration idleTimeout) {
        AtomicLong count = new AtomicLong();
        return (@Nullable Socket socket) -> {
            String id = "registry-" + count.incrementAndGet();
            RegistryConnection connection =
                    new RegistryConnection(id, options, idleTimeout, new EarlyResponse(), new ResponseParser(LIMITS));
            if (socket != null) {
                connection.bind(socket);
            }
            return connection;
        };
    }

    @Override
    public String getId() {
        return id;
    }

    @Override
    public void bind(Socket socket) throws IOException {
        bindGuarded(new StallGuardedSocket(socket));
    }

    @Override
    public void bind(SSLSocket secured, Socket socket) throws IOException {
        bindGuarded(new StallGuardedSocket(secured, socket));
    }

    private void bindGuarded(StallGuardedSocket socket) throws IOException {
        if (closed.get()) {
            socket.getSocket().close();
            throw new InterruptedIOException("The connection was closed before it was established");
        }
        guarded = socket;
        bind(socket);
        socketTimeout = Timeout.ofMilliseconds(socket.getSocket().getSoTimeout());
    }

    @Override
    public @Nullable Socket getSocket() {
        return guarded == null ? null : guarded.getSocket();
    }

    /** The pool keeps the connection: no timeout applies until it is leased again. */
    @Override
    public void passivate() {
        super.setSocketTimeout(Timeout.ZERO_MILLISECONDS);
        idleSince = System.nanoTime();
    }

    /** Servers and load balancers drop idle connections silently. HttpClient has an idle timeout since 5.6 only. */
    @Override
    public boolean isStale() throws IOException {
        return System.nanoTime() - idleSince >= idleTimeout.toNanos() || super.isStale();
    }

    @Override
    public void activate() {
        super.setSocketTimeout(socketTimeout);
    }

    @Override
    public void setSocketTimeout(Timeout timeout) {
        super.setSocketTimeout(timeout);
        socketTimeout = timeout;
    }

    /** Returns whether unread bytes have arrived. */
    boolean hasInput() {
        return guarded != null && guarded.hasInput();
    }

    /** Returns whether bytes have arrived that belong to no response. */
    private boolean hasSurplus() {
        return parser.hasBufferedBytes() || guarded != null && guarded.hasResponse();
    }

    @Override
    public void sendRequestHeader(ClassicHttpRequest request) throws HttpException, IOException {
        if (used && hasSurplus()) {
            // Sent beyond the last response, or because the server is about to close: not the response to this request.
            throw new SurplusBytesException();
        }
        used = true;
        early.reset();
        parser.reset();
        interimResponses = 0;
        cutShort = false;
        if (guarded != null && request.getEntity() != null) {
            watch = StallWatch.start(guarded, options.stallTimeout());
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
            requireResponse(e);
        }
    }

    @Override
    public void flush() throws IOException {
        if (cutShort) {
            // The response has arrived; the server may not read the rest of the request.
            return;
        }
        try {
            super.flush();
        } catch (IOException e) {
            requireResponse(e);
        }
    }

    /** Rethrows the failure of a write, unless the server has responded, and so has said why it reads no more. */
    private void requireResponse(IOException e) throws IOException {
        if (!hasResponse()) {
            throw watch != null && watch.hasStalled() ? new StalledException(e) : e;
        }
        cutShort = true;
    }

    private boolean hasResponse() {
        try {
            return isOpen() && isDataAvailable(Timeout.ONE_MILLISECOND);
        } catch (IOException e) {
            // The failure of the write is reported instead.
            return false;
        }
    }

    /** A connection is not reused after an incomplete request, or with bytes that belong to no response. */
    @Override
    public boolean isConsistent() {
        return !cutShort && !hasSurplus() && super.isConsistent();
    }

    @Override
    public ClassicHttpResponse receiveResponseHeader() throws HttpException, IOException {
        stopWatching();
        Deadline deadline = headDeadline;
        if (deadline == null) {
            deadline = Deadline.start(options.firstByteTimeout(), this::endHead);
            headDeadline = deadline;
        }
        boolean more = false;
        try {
            ClassicHttpResponse response = super.receiveResponseHeader();
            more = response.getCode() < 200;
            if (more && ++interimResponses > options.maxInterimResponses()) {
                more = false;
                throw new SlowResponseException(
                        "sends more than " + options.maxInterimResponses() + " interim responses, and no other", null);
            }
            return response;
        } catch (SlowResponseException e) {
            throw e;
        } catch (IOException e) {
            throw deadline.hasPassed() ? tooLate(e) : e;
        } finally {
            if (!more) {
                deadline.stop();
                headDeadline = null;
            }
        }
    }

    private void endHead() {
        if (guarded != null) {
            guarded.close();
        }
    }

    private IOException tooLate(IOException e) {
        if (parser.hasBegun()) {
            return new SlowResponseException(
                    "did not send the whole head of its response within "
                            + Failures.seconds(options.firstByteTimeout()),
                    e);
        }
        SocketTimeoutException silent = new SocketTimeoutException("No response");
        silent.initCause(e);
        return silent;
    }

    private void stopWatching() {
        Deadline deadline = closed.get() ? headDeadline : null;
        if (deadline != null) {
            deadline.stop();
        }
        if (watch != null) {
            watch.stop();
            cutShort |= watch.hasAbortedWrites();
            watch = null;
        }
    }

    @Override
    public void close() throws IOException {
        if (closed.compareAndSet(false, true)) {
            stopWatching();
            super.close();
        }
    }

    @Override
    public void close(CloseMode mode) {
        if (closed.compareAndSet(false, true)) {
            super.close(mode);
        }
        stopWatching();
    }

    @Override
    protected void onResponseReceived(ClassicHttpResponse response) {
        setSocketTimeout(Timeout.of(options.stallTimeout()));
    }
}
