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
 * Reads the head of a response. HttpClient's own parser passes over what it does not understand and looks for a
 * response behind it, and takes what has come of a head that breaks off for all of it; here both are errors, and not
 * the same one.
 */
final class ResponseParser extends DefaultHttpResponseParser {

    private @Nullable SessionInputBuffer unread;

    ResponseParser(Http1Config limits) {
        super(limits);
    }

    /** Returns whether more has been taken from the connection than was read of it. */
    boolean hasUnread() {
        return unread != null && unread.length() > 0;
    }

    @Override
    public ClassicHttpResponse parse(SessionInputBuffer buffer, InputStream input) throws IOException, HttpException {
        unread = buffer;
        return super.parse(buffer, new Unending(input));
    }

    @Override
    protected ClassicHttpResponse createMessage(CharArrayBuffer line) throws IOException, HttpException {
        try {
            return super.createMessage(line);
        } catch (ParseException e) {
            throw new NotHttpException(e);
        }
    }

    /** An input whose end is a failure: whatever is read from it is not complete yet. */
    private static final class Unending extends FilterInputStream {

        Unending(InputStream input) {
            super(input);
        }

        @Override
        public int read() throws IOException {
            return more(super.read());
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            return more(super.read(buffer, offset, length));
        }

        private static int more(int result) throws ConnectionClosedException {
            if (result < 0) {
                throw new ConnectionClosedException("The connection was closed before the head of the response ended");
            }
            return result;
        }
    }

    /** The first line of a response is none. */
    static final class NotHttpException extends ProtocolException {
        private static final long serialVersionUID = 1L;

        NotHttpException(ParseException cause) {
            super("Not a status line", cause);
        }
    }
}
