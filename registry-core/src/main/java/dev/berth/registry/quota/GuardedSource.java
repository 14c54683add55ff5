package dev.berth.registry.quota;

import dev.berth.registry.BlobSource;
import dev.berth.registry.RegistryException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Content of unknown size, of which nothing is handed on that is not reserved. As thread-safe as the content. */
final class GuardedSource implements BlobSource {
    /** The most that is read before it is known whether there is room for it, in bytes. */
    private static final int MOST_AHEAD = 1024 * 1024;

    private final BlobSource content;
    private final LongConsumer reserve;
    private volatile @Nullable RegistryException refusal;
    private volatile long reserved;

    /**
     * Wraps content.
     *
     * @param reserve reserves a number of bytes, or throws a {@link RegistryException}
     */
    GuardedSource(BlobSource content, LongConsumer reserve) {
        this.content = content;
        this.reserve = reserve;
    }

    /** Returns why the content could not be read to its end, if that was for lack of room. */
    Optional<RegistryException> refusal() {
        return Optional.ofNullable(refusal);
    }

    @Override
    public InputStream open() throws IOException {
        return new Guarded(content.open());
    }

    @Override
    public OptionalLong size() {
        return OptionalLong.empty();
    }

    @Override
    public boolean reopenable() {
        return content.reopenable();
    }

    private final class Guarded extends FilterInputStream {
        private long position;

        Guarded(InputStream stream) {
            super(stream);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = in.read(buffer, offset, Math.min(length, MOST_AHEAD));
            if (count > 0) {
                position += count;
                ensure();
            }
            return count;
        }

        private void ensure() throws IOException {
            if (position <= reserved) {
                return;
            }
            try {
                reserve.accept(position - reserved);
                reserved = position;
            } catch (RegistryException e) {
                refusal = e;
                throw new IOException("There is no room for the rest of the content", e);
            }
        }

        /** Skips nothing: the caller then reads. */
        @Override
        public long skip(long count) {
            return 0;
        }

        @Override
        public boolean markSupported() {
            return false;
        }
    }
}
