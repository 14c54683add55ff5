package dev.berth.registry.internal.transport;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.jspecify.annotations.Nullable;

/**
 * A response whose body has not been read yet. Not thread-safe, except that {@link #close} may be called from another
 * thread and ends a read in progress.
 *
 * <p>Reading the body to its end returns the connection to the pool. Closing earlier discards the connection: the rest
 * of the body may be long.
 */
public final class IncomingResponse implements AutoCloseable {
    private static final int BUFFER = 8 * 1024;

    private final URI address;
    private final boolean fromHere;
    private final HttpUriRequestBase request;
    private final ClassicHttpResponse response;
    private final Failures failures;
    private final TransportOptions options;
    private volatile boolean ended;
    private volatile boolean closed;

    IncomingResponse(
            URI address,
            boolean fromHere,
            HttpUriRequestBase request,
            ClassicHttpResponse response,
            Failures failures,
            TransportOptions options) {
        this.address = address;
        this.fromHere = fromHere;
        this.request = request;
        this.response = response;
        this.failures = failures;
        this.options = options;
    }

    /** Returns the address of the request. */
    public URI address() {
        return address;
    }

    /** Returns whether the server is on this machine, or its link, as the connection shows and not its name. */
    public boolean isFromHere() {
        return fromHere;
    }

    /** Returns the status. */
    public int status() {
        return response.getCode();
    }

    /** Returns the values of a header in their order. */
    public List<String> headers(String name) {
        List<String> values = new ArrayList<>();
        for (Header header : response.getHeaders(name)) {
            values.add(header.getValue() == null ? "" : header.getValue().strip());
        }
        return values;
    }

    /** Returns the first value of a header. */
    public Optional<String> header(String name) {
        @Nullable Header header = response.getFirstHeader(name);
        return header == null || header.getValue() == null
                ? Optional.empty()
                : Optional.of(header.getValue().strip());
    }

    /** Returns the length of the body in bytes, or empty if it was not declared. */
    public OptionalLong bodyLength() {
        @Nullable HttpEntity entity = response.getEntity();
        if (entity == null) {
            return OptionalLong.of(0);
        }
        return entity.getContentLength() < 0 ? OptionalLong.empty() : OptionalLong.of(entity.getContentLength());
    }

    /**
     * Reads the next bytes of the body.
     *
     * @return their number, or -1 at the end
     * @throws TransportException if the connection fails
     */
    public int read(byte[] buffer, int offset, int length) throws TransportException {
        if (ended) {
            return -1;
        }
        try {
            @Nullable HttpEntity entity = response.getEntity();
            @Nullable InputStream content = entity == null ? null : entity.getContent();
            int count = content == null ? -1 : content.read(buffer, offset, length);
            ended = count < 0;
            return count;
        } catch (IOException | RuntimeException e) {
            TransportException failure = failures.whileReading(e, closed);
            close();
            throw failure;
        }
    }

    /**
     * Reads a short body to its end, which must come in time: after the stall timeout the body must arrive at the minimum
     * rate on average.
     *
     * @param limit the maximum number of bytes
     * @return the body, or empty if it is longer; the connection is discarded then
     */
    public Optional<byte[]> readAll(int limit) throws TransportException {
        if (bodyLength().orElse(0) > limit) {
            close();
            return Optional.empty();
        }
        ShortBodyWatch watch = new ShortBodyWatch(options.stallTimeout(), options.minimumRate());
        Deadline deadline = Deadline.start(watch::remaining, request::cancel);
        try {
            return readAll(limit, watch);
        } catch (TransportException e) {
            if (deadline.hasPassed() && !Thread.currentThread().isInterrupted()) {
                throw failures.tooSlow(e);
            }
            throw e;
        } finally {
            deadline.stop();
        }
    }

    private Optional<byte[]> readAll(int limit, ShortBodyWatch watch) throws TransportException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] buffer = new byte[BUFFER];
        for (int count = read(buffer, 0, BUFFER); count >= 0; count = read(buffer, 0, BUFFER)) {
            if (bytes.size() + count > limit) {
                close();
                return Optional.empty();
            }
            bytes.write(buffer, 0, count);
            watch.arrived(count);
        }
        close();
        return Optional.of(bytes.toByteArray());
    }

    /** Reads the rest of the body if it is short, so that the connection can be reused, or discards the connection. */
    public void discard(int limit) {
        try {
            readAll(limit);
        } catch (TransportException e) {
            // The content is not needed.
            close();
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (!ended) {
            // Before anything else: closing the response would read the rest of the body.
            request.cancel();
        }
        try {
            response.close();
        } catch (IOException | RuntimeException e) {
            // Reading from the cancelled connection fails, as intended.
            request.cancel();
        }
    }
}
