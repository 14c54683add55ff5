package dev.berth.registry.server.http1;

import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.io.HttpTransportMetrics;
import org.apache.hc.core5.http.io.SessionInputBuffer;
import org.apache.hc.core5.util.CharArrayBuffer;

/**
 * A buffer whose lines end with CR and LF and have neither of them elsewhere (RFC 9112, section 2.2). HttpCore's own
 * also ends lines at a lone LF; a proxy that does not would see another request. A line that continues another one
 * (section 5.2) is refused as well, since programs disagree about those.
 */
final class StrictLines implements SessionInputBuffer {
    private final SessionInputBuffer buffer;
    private final int longest;

    /** @param longest the length of a line, in bytes, that is refused */
    StrictLines(SessionInputBuffer buffer, int longest) {
        this.buffer = buffer;
        this.longest = longest;
    }

    @Override
    public int readLine(CharArrayBuffer line, InputStream input) throws IOException {
        int count = 0;
        int next = buffer.read(input);
        if (next < 0) {
            return -1;
        }
        if (next == ' ' || next == '\t') {
            throw malformed("A line begins with a blank, as if it continued the one before it");
        }
        while (next != '\r') {
            if (next < 0) {
                throw malformed("A line has no end");
            }
            if (next == '\n') {
                throw malformed("A line ends with LF instead of CR and LF");
            }
            if (++count >= longest) {
                throw new MessageConstraintException("A line is too long");
            }
            line.append((char) next);
            next = buffer.read(input);
        }
        if (buffer.read(input) != '\n') {
            throw malformed("A line has a CR that is not followed by LF");
        }
        return count;
    }

    private static MalformedRequestException malformed(String reason) {
        return new MalformedRequestException(400, "The request is malformed: " + reason, null);
    }

    @Override
    public int length() {
        return buffer.length();
    }

    @Override
    public int capacity() {
        return buffer.capacity();
    }

    @Override
    public int available() {
        return buffer.available();
    }

    @Override
    public int read(byte[] target, int offset, int count, InputStream input) throws IOException {
        return buffer.read(target, offset, count, input);
    }

    @Override
    public int read(byte[] target, InputStream input) throws IOException {
        return buffer.read(target, input);
    }

    @Override
    public int read(InputStream input) throws IOException {
        return buffer.read(input);
    }

    @Override
    public HttpTransportMetrics getMetrics() {
        return buffer.getMetrics();
    }
}
