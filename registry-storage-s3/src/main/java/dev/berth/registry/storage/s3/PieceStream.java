package dev.berth.registry.storage.s3;

import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A stream of consecutive pieces, each opened when it is reached. */
final class PieceStream extends BlockInputStream {
    private final Iterator<Pieces.Piece> pieces;
    private final Opener opener;
    private @Nullable InputStream current;
    private boolean closed;

    PieceStream(Iterator<Pieces.Piece> pieces, Opener opener) {
        this.pieces = pieces;
        this.opener = opener;
    }

    /** Opens a piece. */
    interface Opener {
        InputStream open(Pieces.Piece piece) throws IOException;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, buffer.length);
        if (closed) {
            throw new IOException("The stream was closed while it was read");
        }
        if (length == 0) {
            return 0;
        }
        while (true) {
            if (current == null) {
                if (!pieces.hasNext()) {
                    return -1;
                }
                current = opener.open(pieces.next());
            }
            int read = current.read(buffer, offset, length);
            if (read >= 0) {
                return read;
            }
            current.close();
            current = null;
        }
    }

    /** Passes over pieces without requesting them. */
    @Override
    public long skip(long count) throws IOException {
        if (closed || current != null || count <= 0) {
            return super.skip(count);
        }
        if (!pieces.hasNext()) {
            return 0;
        }
        Pieces.Piece piece = pieces.next();
        if (count >= piece.length()) {
            return piece.length();
        }
        current = opener.open(piece.from(count));
        return count;
    }

    @Override
    public void close() throws IOException {
        closed = true;
        if (current != null) {
            current.close();
        }
    }
}
