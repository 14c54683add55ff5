package dev.berth.registry.storage.s3;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * The content of an append or write. A failure counts as the end, so that the bytes before it are kept; {@link
 * #rethrow} throws it afterwards. For one thread.
 */
final class AppendSource {
    private static final int LARGEST_READ = 64 * 1024;

    private final InputStream content;
    private final byte[] ahead = new byte[1];
    private boolean hasAhead;
    private boolean ended;
    private @Nullable Throwable failure;

    AppendSource(InputStream content) {
        this.content = content;
    }

    /** Reads some bytes, or returns -1 at the end. */
    int read(byte[] buffer, int offset, int length) {
        if (hasAhead) {
            hasAhead = false;
            buffer[offset] = ahead[0];
            return 1;
        }
        if (ended) {
            return -1;
        }
        try {
            int read = content.read(buffer, offset, Math.min(length, LARGEST_READ));
            ended = read < 0;
            return read;
        } catch (IOException | RuntimeException | Error e) {
            failure = e;
            ended = true;
            return -1;
        }
    }

    /** Returns whether there is more, for which it may have to wait. */
    boolean hasMore() {
        while (!hasAhead && !ended) {
            hasAhead = read(ahead, 0, 1) == 1;
        }
        return hasAhead;
    }

    /** Returns how it failed, or null. */
    @Nullable Throwable failure() {
        return failure;
    }

    /** Fails as the content has failed, if it has. */
    void rethrow() throws IOException {
        if (failure instanceof IOException e) {
            throw e;
        }
        if (failure instanceof RuntimeException e) {
            throw e;
        }
        if (failure instanceof Error e) {
            throw e;
        }
    }
}
