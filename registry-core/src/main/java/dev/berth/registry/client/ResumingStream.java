package dev.berth.registry.client;

import dev.berth.registry.ByteRange;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.client.http.AttemptFailedException;
import dev.berth.registry.internal.transport.IncomingResponse;
import dev.berth.registry.internal.transport.TransportException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a blob. When the connection breaks, the stream goes on with another one where it was. A whole blob is
 * verified before its last bytes are handed out: who has read to the end has read the right ones. For one thread; may be
 * closed by another one.
 */
final class ResumingStream extends InputStream {
    private static final int BUFFER = 64 * 1024;
    private static final int PARTIAL_CONTENT = 206;

    /** After so many bytes, through however many connections, a broken one counts as the first one. */
    private static final long PROGRESS = 64 * 1024;

    private final RemoteBlobs blobs;
    private final Descriptor blob;
    private final long end;
    private final @Nullable MessageDigest hash;
    private final RetryAttempts tries;
    private IncomingResponse response;
    private long position;
    private long surplus;
    private long countedFrom;
    private volatile boolean closed;
    private volatile IncomingResponse current;

    /** @param surplus how many bytes the response sends before those that are wanted */
    ResumingStream(RemoteBlobs blobs, Descriptor blob, ByteRange.Slice slice, IncomingResponse response, long surplus) {
        this.blobs = blobs;
        this.blob = blob;
        this.position = slice.offset();
        this.countedFrom = slice.offset();
        this.end = slice.offset() + slice.length();
        boolean whole = slice.offset() == 0 && slice.length() == blob.size();
        this.hash = whole ? blob.digest().algorithm().newMessageDigest() : null;
        this.response = response;
        this.current = response;
        this.surplus = surplus;
        this.tries = blobs.newAttempts();
        if (end == position) {
            finish();
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, buffer.length);
        requireOpen();
        if (length == 0) {
            return 0;
        }
        if (position == end) {
            return -1;
        }
        try {
            int count = receive(buffer, offset, (int) Math.min(length, end - position));
            position += count;
            if (hash != null) {
                hash.update(buffer, offset, count);
            }
            if (position == end) {
                finish();
            }
            return count;
        } catch (RegistryException e) {
            close();
            throw new IOException(e.getMessage(), e);
        }
    }

    private void requireOpen() throws IOException {
        if (closed) {
            throw new IOException("The content of the blob " + blob.digest() + " is closed");
        }
    }

    /** Receives at least one byte, from whichever connection. */
    private int receive(byte[] buffer, int offset, int length) throws IOException {
        while (true) {
            try {
                skipSurplus();
                int count = response.read(buffer, offset, length);
                if (count >= 0) {
                    return count;
                }
                goOn(tooShort());
            } catch (TransportException e) {
                goOn(AttemptFailedException.of(e, "pull the blob " + blob.digest()));
            }
            requireOpen();
        }
    }

    private void skipSurplus() throws TransportException {
        byte[] scratch = new byte[surplus == 0 ? 0 : (int) Math.min(BUFFER, surplus)];
        while (surplus > 0) {
            int count = response.read(scratch, 0, (int) Math.min(scratch.length, surplus));
            if (count < 0) {
                return;
            }
            surplus -= count;
        }
    }

    private AttemptFailedException tooShort() {
        String message = "Could not pull the blob " + blob.digest() + ": the registry sent fewer bytes than it said";
        return AttemptFailedException.of(
                AttemptFailedException.Kind.UNCERTAIN, RegistryException.of(ErrorCode.UNAVAILABLE, message));
    }

    private void goOn(AttemptFailedException broken) {
        response.close();
        if (position - countedFrom >= PROGRESS) {
            tries.madeProgress();
            countedFrom = position;
        }
        try {
            tries.awaitNext(broken);
        } catch (AttemptFailedException e) {
            throw e.failure();
        }
        // Asked anew of the registry itself: an address that it has redirected to may not be good any more.
        IncomingResponse next = rest().orElseGet(() -> blobs.get(blob.digest(), Optional.empty()));
        surplus = next.status() == PARTIAL_CONTENT ? 0 : position;
        response = next;
        current = next;
        if (closed) {
            next.close();
        }
    }

    /** Asks for what is still to come; empty if the registry does not do parts, or does them wrongly. */
    private Optional<IncomingResponse> rest() {
        IncomingResponse next;
        try {
            next = blobs.get(blob.digest(), Optional.of(ByteRange.between(position, end - 1)));
        } catch (RegistryException e) {
            if (e.code() == ErrorCode.RANGE_INVALID || e.code() == ErrorCode.UNSUPPORTED) {
                return Optional.empty();
            }
            throw e;
        }
        if (next.status() != PARTIAL_CONTENT || RemoteContent.beginsAt(next, position)) {
            return Optional.of(next);
        }
        next.close();
        return Optional.empty();
    }

    /** Verifies what was received, and gives the connection back if there is nothing more on it. */
    private void finish() {
        if (hash != null) {
            Digest actual = Digest.finish(blob.digest().algorithm(), hash);
            if (!actual.equals(blob.digest())) {
                throw RegistryException.of(
                        ErrorCode.DIGEST_INVALID,
                        "The registry sent something else than the blob " + blob.digest() + ": its digest is "
                                + actual);
            }
        }
        try {
            int more = response.read(new byte[1], 0, 1);
            if (more > 0 && hash != null) {
                throw RegistryException.of(
                        ErrorCode.SIZE_INVALID,
                        "The registry sent more than the " + blob.size() + " bytes of the blob " + blob.digest());
            }
        } catch (TransportException e) {
            // All that was wanted is here, so nobody need know that the connection broke.
            response.close();
        }
        response.close();
    }

    /** With a buffer that is worth its while. */
    @Override
    public long transferTo(OutputStream output) throws IOException {
        long begin = position;
        byte[] buffer = new byte[(int) Math.min(BUFFER, Math.max(1, end - position))];
        for (int count = read(buffer, 0, buffer.length); count >= 0; count = read(buffer, 0, buffer.length)) {
            output.write(buffer, 0, count);
        }
        return position - begin;
    }

    @Override
    public int available() throws IOException {
        requireOpen();
        return 0;
    }

    @Override
    public void close() {
        closed = true;
        current.close();
    }
}
