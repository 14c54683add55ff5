package dev.berth.registry.server.http1;

import dev.berth.registry.server.http1.message.ClosedByClientException;
import dev.berth.registry.server.http1.message.Line;
import dev.berth.registry.server.http1.message.LongLineException;
import dev.berth.registry.server.http1.message.MalformedRequestException;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a client sends: bytes that were read ahead, and then those of the {@link Transport}. Its lines end with CR and LF
 * and have neither of them elsewhere (RFC 9112, section 2.2): a program that also ends lines at a lone LF would see
 * another request. A line that continues another one (section 5.2) is refused as well, since programs disagree about
 * those.
 *
 * <p>The buffer is lent, and only needed while there are bytes in it.
 */
final class ConnectionInput {
    private static final byte[] NONE = {};

    private final Transport transport;
    private final ConnectionTimer timer;
    private byte[] buffer = NONE;
    private int position;
    private int limit;

    ConnectionInput(Transport transport, ConnectionTimer timer) {
        this.transport = transport;
        this.timer = timer;
    }

    /** Uses a buffer from now on. Nothing may be left in the one before it. */
    void use(byte @Nullable [] newBuffer) {
        buffer = newBuffer == null ? NONE : newBuffer;
        position = 0;
        limit = 0;
    }

    /** Returns whether there are no bytes that were read ahead. */
    boolean isEmpty() {
        return position == limit;
    }

    /** Reads ahead what has arrived. Returns whether the client has ended its side. */
    boolean endsNow() throws IOException {
        if (!makeRoom(0)) {
            return false;
        }
        int count = transport.readNow(buffer, limit, buffer.length - limit);
        limit += Math.max(0, arrived(count));
        return count < 0;
    }

    /** Waits for more bytes. Returns whether there are any. */
    private boolean fill(int longest) throws IOException {
        makeRoom(longest);
        int count = arrived(transport.read(buffer, limit, buffer.length - limit));
        limit += Math.max(0, count);
        return count >= 0;
    }

    /** Makes room in the buffer, which may grow beyond this size by half of it. Returns whether there is any. */
    private boolean makeRoom(int longest) {
        if (position == limit) {
            position = 0;
            limit = 0;
        }
        if (limit == buffer.length && position > 0) {
            System.arraycopy(buffer, position, buffer, 0, limit - position);
            limit -= position;
            position = 0;
        }
        if (limit == buffer.length && limit < longest) {
            buffer = Arrays.copyOf(buffer, limit + limit / 2);
        }
        return limit < buffer.length;
    }

    private int arrived(int count) throws IOException {
        if (count > 0) {
            timer.requestBytesArrived();
        } else if (count < 0 && !timer.isBetweenRequests()) {
            throw new ClosedByClientException();
        }
        return count;
    }

    /** Reads a part of a body. Returns the number of bytes, or -1 at the end of the client's side. */
    int read(byte[] target, int offset, int length) throws IOException {
        if (position < limit) {
            int count = Math.min(length, limit - position);
            System.arraycopy(buffer, position, target, offset, count);
            position += count;
            return count;
        }
        return arrived(transport.read(target, offset, length));
    }

    /**
     * Reads a line, and returns null at the end of the client's side.
     *
     * @param longest the length of a line, in bytes, that is refused
     */
    @Nullable Line readLine(int longest) throws IOException {
        int length = 0;
        while (true) {
            int scanned = position + length;
            while (scanned < limit) {
                byte next = buffer[scanned];
                if (next == '\r') {
                    break;
                }
                if (next == '\n') {
                    throw MalformedRequestException.of("A line ends with LF instead of CR and LF");
                }
                if (scanned == position && (next == ' ' || next == '\t')) {
                    throw MalformedRequestException.of(
                            "A line begins with a blank, as if it continued the one before it");
                }
                scanned++;
                if (scanned - position >= longest) {
                    throw new LongLineException();
                }
            }
            length = scanned - position;
            if (scanned + 1 < limit) {
                return endLine(scanned);
            }
            if (!fill(longest + 2) && length == 0) {
                return null;
            }
        }
    }

    private Line endLine(int end) throws MalformedRequestException {
        if (buffer[end + 1] != '\n') {
            throw MalformedRequestException.of("A line has a CR that is not followed by LF");
        }
        Line line = new Line(buffer, position, end);
        position = end + 2;
        return line;
    }
}
