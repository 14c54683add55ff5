package dev.berth.registry.internal.store;

import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.internal.budget.MemoryBudget;
import dev.berth.registry.internal.budget.MemoryLease;
import dev.berth.registry.storage.ObjectContent;
import dev.berth.registry.storage.ObjectStat;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The data of a manifest that is about to be read, and the memory for it. */
final class StoredData implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Revisions.class);

    private final Digest target;
    private final @Nullable ObjectContent content;
    private final @Nullable MemoryLease lease;

    private StoredData(Digest target, @Nullable ObjectContent content, @Nullable MemoryLease lease) {
        this.target = target;
        this.content = content;
        this.lease = lease;
    }

    /**
     * Takes the memory for data that was opened.
     *
     * @param factor how much memory the work needs, in multiples of the size of the data
     */
    static StoredData of(Digest target, Optional<ObjectContent> found, MemoryBudget memory, int factor)
            throws IOException {
        if (found.isEmpty()) {
            return new StoredData(target, null, null);
        }
        ObjectContent content = found.get();
        long size = content.stat().size();
        if (size > ObjectStore.MAX_PUT_BYTES) {
            LOG.warn("{} is linked as a manifest but is {} bytes long", target, size);
            content.close();
            return new StoredData(target, null, null);
        }
        try {
            return new StoredData(target, content, memory.acquire(size, factor));
        } catch (RuntimeException | Error e) {
            content.close();
            throw e;
        }
    }

    /** Returns the manifest, or empty if there is no data. */
    Optional<ManifestCache.Entry> read(DigestAlgorithm algorithm) throws IOException {
        if (content == null) {
            return Optional.empty();
        }
        ObjectStat stat = content.stat();
        Manifest manifest =
                Manifest.read(MediaTypes.OCTET_STREAM, content.stream(), (int) stat.size(), algorithm);
        return Optional.of(new ManifestCache.Entry(manifest, target, stat.version()));
    }

    @Override
    public void close() throws IOException {
        try (content;
                lease) {
            // Closes both.
        }
    }
}
