package dev.berth.registry.copy;

import dev.berth.registry.BlobSource;
import dev.berth.registry.Blobs;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.Registry;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.compose.ForwardingBlobs;
import dev.berth.registry.compose.ForwardingRegistry;
import dev.berth.registry.compose.ForwardingRepository;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** A registry that reads so much of each large blob in vain, and then begins anew, as after a broken connection. */
final class RetryingRegistry extends ForwardingRegistry {
    private final int inVain;

    RetryingRegistry(Registry delegate, int inVain) {
        super(delegate);
        this.inVain = inVain;
    }

    @Override
    public Repository repository(RepositoryName name) {
        return new ForwardingRepository(super.repository(name)) {
            @Override
            public Blobs blobs() {
                return new ForwardingBlobs(super.blobs()) {
                    @Override
                    public Descriptor push(Digest expected, BlobSource content) {
                        if (content.reopenable() && content.size().orElse(0) > inVain) {
                            readInVain(content);
                        }
                        return super.push(expected, content);
                    }
                };
            }
        };
    }

    private void readInVain(BlobSource content) {
        try (InputStream stream = content.open()) {
            stream.skipNBytes(inVain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
