package dev.berth.registry.copy;

import dev.berth.registry.BlobContent;
import dev.berth.registry.Blobs;
import dev.berth.registry.ByteRange;
import dev.berth.registry.Digest;
import dev.berth.registry.Registry;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.compose.ForwardingBlobContent;
import dev.berth.registry.compose.ForwardingBlobs;
import dev.berth.registry.compose.ForwardingRegistry;
import dev.berth.registry.compose.ForwardingRepository;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A registry that gives other bytes than it should for one blob. */
final class LyingRegistry extends ForwardingRegistry {
    private final Digest victim;

    LyingRegistry(Registry delegate, Digest victim) {
        super(delegate);
        this.victim = victim;
    }

    @Override
    public Repository repository(RepositoryName name) {
        return new ForwardingRepository(super.repository(name)) {
            @Override
            public Blobs blobs() {
                return new ForwardingBlobs(super.blobs()) {
                    @Override
                    public BlobContent open(Digest digest, ByteRange range) {
                        BlobContent content = super.open(digest, range);
                        return digest.equals(victim) ? new Wrong(content) : content;
                    }
                };
            }
        };
    }

    private static final class Wrong extends ForwardingBlobContent {
        Wrong(BlobContent delegate) {
            super(delegate);
        }

        @Override
        public InputStream stream() throws IOException {
            return new FilterInputStream(super.stream()) {
                @Override
                public int read(byte[] buffer, int offset, int length) throws IOException {
                    int read = super.read(buffer, offset, length);
                    if (read > 0) {
                        buffer[offset]++;
                    }
                    return read;
                }
            };
        }
    }
}
