package dev.berth.registry.server;

import dev.berth.registry.internal.stream.BulkInputStream;
import dev.berth.registry.server.http1.TruncatedBodyException;
import dev.berth.registry.server.http1.message.MalformedRequestException;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request as handlers read it. Records how much was read and whether reading failed: a registry may wrap
 * the exception in one of its own, and a failure of the client must not be taken for one of the storage. Closing it does
 * nothing, since the transport decides what happens to the rest.
 */
final class RequestBody extends BulkInputStream {
    private final InputStream source;
    private long count;
    private @Nullable IOException failure;

    RequestBody(InputStream source) {
        this.source = source;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        IOException failed = failure;
        if (failed != null) {
            throw failed;
        }
        try {
            int read = source.read(buffer, offset, length);
            count += Math.max(0, read);
            return read;
        } catch (IOException e) {
            failure = understood(e);
            throw failure;
        }
    }

    /** What the sockets of the server say of a body, in the words of every transport. */
    private static IOException understood(IOException e) {
        if (e instanceof TruncatedBodyException) {
            return UnreadableBodyException.cutOff(e);
        }
        return e instanceof MalformedRequestException malformed
                ? UnreadableBodyException.malformed(malformed.status(), malformed.reason(), e)
                : e;
    }

    @Override
    public int available() throws IOException {
        return source.available();
    }

    /** Returns the number of bytes that were read. */
    long count() {
        return count;
    }

    /** Returns how reading failed, or null if it did not. */
    @Nullable IOException failure() {
        return failure;
    }
}
