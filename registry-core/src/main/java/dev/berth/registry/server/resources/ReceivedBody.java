package dev.berth.registry.server.resources;

import dev.berth.registry.internal.budget.MemoryLease;
import dev.berth.registry.internal.stream.BulkInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * A small body that is received as a whole. Its memory grows with what arrives: a client that announces much and sends
 * nothing costs nothing. Read afterwards, it is let go of piece by piece.
 */
final class ReceivedBody extends BulkInputStream {
    /** So much costs each connection, whether it sends anything or not. */
    private static final int FIRST_PIECE = 1024;

    private static final int LARGEST_PIECE = 32 * 1024;

    private final Deque<byte[]> pieces = new ArrayDeque<>();
    private int size;
    /** How much of the last piece there is. */
    private int filled;

    private int position;

    private ReceivedBody() {}

    /**
     * Receives a body.
     *
     * @param lease grows with the body
     * @param announced the length that the client has announced, or the limit
     * @param limit how many bytes are received at most; of a longer body, one byte more
     */
    static ReceivedBody of(InputStream body, MemoryLease lease, long announced, int limit) throws IOException {
        ReceivedBody received = new ReceivedBody();
        while (received.size <= limit && received.receivePiece(body, lease, Math.min(announced, limit), limit)) {
            // On to the next one.
        }
        return received;
    }

    private boolean receivePiece(InputStream body, MemoryLease lease, long announced, int limit) throws IOException {
        long expected = announced > size ? announced - size : limit + 1L - size;
        int length = (int) Math.min(expected, Math.min(LARGEST_PIECE, Math.max(FIRST_PIECE, size)));
        lease.growTo((long) size + length, Math.max(announced, (long) size + length));
        byte[] piece = new byte[length];
        int read = body.readNBytes(piece, 0, length);
        if (read > 0) {
            pieces.add(piece);
            filled = read;
            size += read;
        }
        return read == length;
    }

    /** Returns the number of bytes. */
    int size() {
        return size;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        byte @Nullable [] piece = pieces.peek();
        if (piece == null) {
            return -1;
        }
        int end = pieces.size() == 1 ? filled : piece.length;
        int count = Math.min(length, end - position);
        System.arraycopy(piece, position, target, offset, count);
        position += count;
        if (position == end) {
            pieces.remove();
            position = 0;
        }
        return count;
    }
}
