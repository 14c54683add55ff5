package dev.berth.registry.internal.transport;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.ParseException;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParser;
import org.apache.hc.core5.http.io.SessionInputBuffer;
import org.apache.hc.core5.util.CharArrayBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Parses the head of a response. HttpCore's own parser skips invalid input and searches for a response after it, and
 * accepts a truncated head as complete. This parser reports each of them as an error.
 */
final class ResponseParser extends DefaultHttpResponseParser {

    private @Nullable SessionInputBuffer input;
    private volatile boolean begun;

    ResponseParser(Http1Config limits) {
        super(limits);
    }

    /** Returns whether the buffer holds bytes that were received but not parsed. */
    boolean hasBufferedBytes() {
        return input != null && input.length() > 0;
    }

    /** Returns whether something of a response has arrived since {@link #reset}. */
    boolean hasBegun() {
        return begun;
    }

    /** Prepares for the next request. */
    void reset() {
        begun = false;
    }

    @Override
    public ClassicHttpResponse parse(SessionInputBuffer buffer, InputStream socket) throws IOException, HttpException {
        input = buffer;
        return super.parse(buffer, new CompleteInput(socket));
    }

    @Override
    protected ClassicHttpResponse createMessage(CharArrayBuffer line) throws IOException, HttpException {
        try {
            return super.createMessage(line);
        } catch (ParseException e) {
            throw new NotHttpException(e);
        }
    }

    /** An input whose end is an error, because a head that ends with it is incomplete. */
    private final class CompleteInput extends FilterInputStream {

        CompleteInput(InputStream input) {
            super(input);
        }

        @Override
        public int read() throws IOException {
            return requireMore(super.read());
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            return requireMore(super.read(buffer, offset, length));
        }

        private int requireMore(int result) throws ConnectionClosedException {
            if (result < 0) {
                throw new ConnectionClosedException("The connection was closed before the head of the response ended");
            }
            begun = true;
            return result;
        }
    }

    /** What was received does not begin with a status line. */
    static final class NotHttpException extends ProtocolException {
        private static final long serialVersionUID = 1L;

        NotHttpException(ParseException cause) {
            super("Not a status line", cause);
        }
    }
}
