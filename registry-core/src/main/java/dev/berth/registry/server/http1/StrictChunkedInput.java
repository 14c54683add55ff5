package dev.berth.registry.server.http1;

import dev.berth.registry.internal.stream.BulkInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.io.SessionInputBuffer;
import org.apache.hc.core5.util.CharArrayBuffer;

/**
 * Reads a chunked body (RFC 9112, section 7.1). HttpCore's own class accepts signs in chunk sizes, and reads to the end
 * of the body when it is closed; this one does neither. Extensions and trailers are ignored, within limits.
 */
final class StrictChunkedInput extends BulkInputStream {
    private static final int MOST_TRAILERS = 100;
    private static final int MOST_SIZE_DIGITS = 15;

    private final SessionInputBuffer buffer;
    private final InputStream socket;
    private final CharArrayBuffer line = new CharArrayBuffer(32);
    private long left;
    private boolean begun;
    private boolean ended;

    StrictChunkedInput(SessionInputBuffer buffer, InputStream socket) {
        this.buffer = buffer;
        this.socket = socket;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (ended || length == 0) {
            return ended ? -1 : 0;
        }
        if (left == 0) {
            nextChunk();
            if (ended) {
                return -1;
            }
        }
        int count = buffer.read(target, offset, (int) Math.min(length, left), socket);
        if (count < 0) {
            throw new ConnectionClosedException("The client hung up in the middle of a chunk");
        }
        left -= count;
        return count;
    }

    private void nextChunk() throws IOException {
        if (begun && !readLine().isEmpty()) {
            throw new MalformedChunkCodingException("A chunk is longer than it said");
        }
        begun = true;
        left = parseSize(readLine());
        if (left == 0) {
            readTrailers();
            ended = true;
        }
    }

    private void readTrailers() throws IOException {
        for (int trailers = 0; !readLine().isEmpty(); trailers++) {
            if (trailers == MOST_TRAILERS) {
                throw new MalformedChunkCodingException("The chunked body has too many trailers");
            }
        }
    }

    private CharArrayBuffer readLine() throws IOException {
        line.clear();
        if (buffer.readLine(line, socket) < 0) {
            throw new ConnectionClosedException("The client hung up in the middle of a chunked body");
        }
        return line;
    }

    private static long parseSize(CharArrayBuffer text) throws MalformedChunkCodingException {
        int end = 0;
        long size = 0;
        while (end < text.length() && Character.digit(text.charAt(end), 16) >= 0) {
            size = size << 4 | Character.digit(text.charAt(end), 16);
            end++;
        }
        int extension = end;
        while (extension < text.length() && (text.charAt(extension) == ' ' || text.charAt(extension) == '\t')) {
            extension++;
        }
        if (end == 0 || end > MOST_SIZE_DIGITS || extension < text.length() && text.charAt(extension) != ';') {
            throw new MalformedChunkCodingException("The size of a chunk is malformed");
        }
        return size;
    }
}
