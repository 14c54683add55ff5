package dev.berth.registry.copy;

import dev.berth.registry.BlobContent;
import dev.berth.registry.BlobSource;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.internal.stream.BulkInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A blob of the source on its way: opened there when the target wants to read it, and again when the target begins anew.
 * Remembers whether it was the source that failed. Used by one thread at a time.
 */
final class SourceBlob implements BlobSource {
    private final Repository source;
    private final NeededBlob blob;
    private final Cancellation cancellation;
    private final ProgressCount progress;
    private volatile @Nullable Exception failure;
    private long counted;

    SourceBlob(Repository source, NeededBlob blob, Cancellation cancellation, ProgressCount progress) {
        this.source = source;
        this.blob = blob;
        this.cancellation = cancellation;
        this.progress = progress;
    }

    @Override
    public InputStream open() throws IOException {
        if (cancellation.hasFailed()) {
            throw new IOException("The copy has failed meanwhile");
        }
        forget();
        BlobContent content;
        try {
            content = source.blobs().open(blob.digest());
        } catch (RegistryException e) {
            failure = e;
            throw new IOException("The blob " + blob.digest() + " cannot be read: " + e.getMessage(), e);
        }
        try {
            return new Counted(content);
        } catch (IOException | RuntimeException e) {
            failure = e;
            content.close();
            throw e;
        }
    }

    @Override
    public OptionalLong size() {
        return OptionalLong.of(blob.size());
    }

    @Override
    public boolean reopenable() {
        return true;
    }

    /** Returns how many bytes of the progress are of this blob. */
    long counted() {
        return counted;
    }

    /** Returns why the source could not be read, if that is what failed. */
    Optional<Exception> failure() {
        return Optional.ofNullable(failure);
    }

    /** Takes back what was counted, when it was for nothing. */
    void forget() {
        failure = null;
        if (counted > 0) {
            progress.bytes(-counted);
            counted = 0;
        }
    }

    /** The bytes, counted; there must be as many as the manifest said. */
    private final class Counted extends BulkInputStream {
        private final BlobContent content;
        private final InputStream bytes;
        private final Runnable ending;

        Counted(BlobContent content) throws IOException {
            this.content = content;
            this.bytes = content.stream();
            this.ending = content::close;
            cancellation.add(ending);
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            Objects.checkFromIndexSize(offset, length, buffer.length);
            int read;
            try {
                read = bytes.read(buffer, offset, length);
                if (read < 0 && counted < blob.size()) {
                    throw new EOFException("it ended after " + counted + " of " + blob.size() + " bytes");
                }
                if (read > 0 && counted + read > blob.size()) {
                    throw new IOException("it has more than the " + blob.size() + " bytes that the manifest says");
                }
            } catch (IOException e) {
                failure = e;
                throw e;
            }
            if (read > 0) {
                counted += read;
                progress.bytes(read);
            }
            return read;
        }

        @Override
        public int available() throws IOException {
            return bytes.available();
        }

        @Override
        public void close() {
            cancellation.remove(ending);
            content.close();
        }
    }
}
