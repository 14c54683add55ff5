package dev.berth.registry.server.http1;

import dev.berth.registry.internal.stream.BulkInputStream;
import dev.berth.registry.server.http1.message.ClosedByClientException;
import dev.berth.registry.server.http1.message.LongLineException;
import dev.berth.registry.server.http1.message.MalformedRequestException;
import java.io.IOException;

/**
 * The body of a request on its connection. The first read sends {@code 100 Continue} if the client waits for it (RFC
 * 9110, section 10.1.1). Knows how much of the body is left.
 */
final class ClientBody extends BulkInputStream {
    private final Content content;
    private final long length;
    private final Invitation invitation;
    private long count;
    private boolean invited;
    private boolean ended;
    private boolean broken;

    /** Reads the content: at least a byte, or -1 at its end. */
    @FunctionalInterface
    interface Content {
        int read(byte[] buffer, int offset, int length) throws IOException;
    }

    /** Sends {@code 100 Continue}. */
    @FunctionalInterface
    interface Invitation {
        void send() throws IOException;
    }

    /**
     * @param length in bytes, or negative if it is unknown
     * @param invited whether the client sends its body without waiting
     */
    ClientBody(Content content, long length, boolean invited, Invitation invitation) {
        this.content = content;
        this.length = length;
        this.invited = invited;
        this.invitation = invitation;
        this.ended = length == 0;
    }

    @Override
    public int read(byte[] buffer, int offset, int size) throws IOException {
        if (ended || size == 0) {
            return ended ? -1 : 0;
        }
        if (!invited) {
            invited = true;
            invitation.send();
        }
        broken = true;
        int read;
        try {
            read = content.read(buffer, offset, size);
        } catch (IOException e) {
            throw translated(e);
        }
        broken = false;
        count += Math.max(0, read);
        ended = read < 0 || count == length;
        return read;
    }

    private static IOException translated(IOException e) {
        if (e instanceof LongLineException) {
            return MalformedRequestException.of("a line of its chunked body is too long");
        }
        return e instanceof ClosedByClientException ? new TruncatedBodyException(e) : e;
    }

    /** Returns whether all of the body was read. */
    boolean ended() {
        return ended;
    }

    /** Returns whether the rest of the body will arrive, and is at most this long. */
    boolean endsWithin(long bytes) {
        return ended || invited && !broken && length >= 0 && length - count <= bytes;
    }

    /** Reads and discards the rest, which is short. */
    void skipRest() throws IOException {
        byte[] scratch = new byte[4 * 1024];
        while (read(scratch, 0, scratch.length) >= 0) {
            // Discarded.
        }
    }
}
