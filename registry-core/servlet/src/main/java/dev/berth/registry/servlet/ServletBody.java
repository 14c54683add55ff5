package dev.berth.registry.servlet;

import dev.berth.registry.internal.stream.BulkInputStream;
import dev.berth.registry.internal.wire.WireHeaders;
import dev.berth.registry.server.UnreadableBodyException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.EOFException;
import java.io.IOException;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request of a container. Its stream is opened by the first read, since that is when some containers send
 * {@code 100 Continue}. Knows how much of the body is left.
 */
final class ServletBody extends BulkInputStream {
    private static final long UNKNOWN = -1;

    private final HttpServletRequest request;
    private final long length;
    private final boolean awaited;
    private @Nullable ServletInputStream stream;
    private long count;
    private boolean ended;
    private boolean failed;

    private ServletBody(HttpServletRequest request, long length) {
        this.request = request;
        this.length = length;
        this.awaited = "100-continue".equalsIgnoreCase(request.getHeader(WireHeaders.EXPECT));
        this.ended = length == 0;
    }

    static ServletBody of(HttpServletRequest request) {
        long announced = request.getContentLengthLong();
        return new ServletBody(request, announced < 0 && !mayHaveBody(request) ? 0 : announced);
    }

    /** Of HTTP/2, where no field says so, only methods whose bodies mean something to a registry have one. */
    private static boolean mayHaveBody(HttpServletRequest request) {
        if (Protocol.isHttp1(request)) {
            return request.getHeader(WireHeaders.TRANSFER_ENCODING) != null;
        }
        return switch (request.getMethod()) {
            case "GET", "HEAD", "DELETE", "OPTIONS" -> false;
            default -> true;
        };
    }

    /** Returns the length in bytes, or empty if it is unknown. */
    OptionalLong length() {
        return length < 0 ? OptionalLong.empty() : OptionalLong.of(length);
    }

    @Override
    public int read(byte[] buffer, int offset, int size) throws IOException {
        if (ended || size == 0) {
            return ended ? -1 : 0;
        }
        try {
            int read = stream().read(buffer, offset, size);
            if (read < 0 && count < length) {
                throw new EOFException("The body ends after " + count + " of " + length + " bytes");
            }
            count += Math.max(0, read);
            ended = read < 0 || count == length;
            return read;
        } catch (IOException e) {
            failed = true;
            throw BodyFailure.of(e);
        }
    }

    private ServletInputStream stream() throws IOException {
        ServletInputStream opened = stream;
        if (opened == null) {
            opened = request.getInputStream();
            stream = opened;
        }
        return opened;
    }

    /** Returns whether reading has failed: the client is gone, or has sent nonsense. */
    boolean failed() {
        return failed;
    }

    /** Returns whether all of the body was read. */
    boolean ended() {
        return ended;
    }

    /** Returns whether the client sends the rest, and it is at most this long. */
    boolean endsWithin(long bytes) {
        return ended || isSent() && length != UNKNOWN && length - count <= bytes;
    }

    /** Returns whether the client sends what was not read: it does not wait to be asked, and nothing has failed. */
    boolean isSent() {
        return !failed && (!awaited || stream != null);
    }
}
