package dev.berth.registry.mirror;

import dev.berth.registry.BlobContent;
import dev.berth.registry.ByteRange;
import dev.berth.registry.internal.stream.BulkInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * What the download of another repository receives. Its failures are those of a connection that breaks off, whatever their
 * cause: who follows goes on by itself.
 */
final class Followed extends BulkInputStream {
    private final BlobContent content;
    private final InputStream stream;

    private Followed(BlobContent content) throws IOException {
        this.content = content;
        this.stream = content.stream();
    }

    static BlobContent of(BlobContent content) {
        try {
            ByteRange.Slice slice = new ByteRange.Slice(content.offset(), content.length());
            return BlobContent.of(content.descriptor(), slice, new Followed(content));
        } catch (IOException e) {
            throw new AssertionError("The stream of a download is open", e);
        }
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        try {
            return stream.read(target, offset, length);
        } catch (IOException e) {
            throw new IOException(e.getMessage());
        }
    }

    @Override
    public void close() {
        content.close();
    }
}
