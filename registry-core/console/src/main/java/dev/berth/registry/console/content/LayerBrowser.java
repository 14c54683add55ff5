package dev.berth.registry.console.content;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.Repository;
import dev.berth.registry.internal.store.DerivedObjects;
import dev.berth.registry.internal.store.Keys;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is in layers, read once each, and kept in memory and in the store. Thread-safe. */
final class LayerBrowser {
    private static final Logger LOG = LoggerFactory.getLogger(LayerBrowser.class);
    private static final long INDEX_BYTES = 48L * 1024 * 1024;
    private static final long HEAD_BYTES = 8L * 1024 * 1024;

    private final LayerFiles files;
    private final DerivedObjects objects;
    private final Readings<Digest, LayerIndex> indexes;
    private final Readings<FileKey, Optional<FileHead>> heads;

    private record FileKey(Digest layer, long number) {}

    /**
     * Reads nothing yet.
     *
     * @param objects where indexes are kept
     * @param executor reads beside requests
     * @param patience how long a request waits
     */
    LayerBrowser(LayerFiles files, DerivedObjects objects, Executor executor, Duration patience) {
        this.files = files;
        this.objects = objects;
        this.indexes = new Readings<>(executor, patience, INDEX_BYTES, LayerIndex::weight);
        this.heads = new Readings<>(
                executor, patience, HEAD_BYTES, head -> head.map(FileHead::length).orElse(0));
    }

    /**
     * Returns what is in a layer; empty if that is still being read.
     *
     * @throws dev.berth.registry.RegistryException if the registry fails, or too much is being read
     */
    Optional<LayerIndex> index(Repository repository, Descriptor layer) {
        return indexes.get(layer.digest(), () -> kept(layer.digest()).orElseGet(() -> {
            LayerIndex index = files.index(repository, layer);
            keep(layer.digest(), index);
            return index;
        }));
    }

    /**
     * Returns the beginning of a file; empty if that is still being read, or nothing within if it cannot be read.
     *
     * @throws dev.berth.registry.RegistryException if the registry fails, or too much is being read
     */
    Optional<Optional<FileHead>> head(Repository repository, Descriptor layer, LayerEntry file) {
        return heads.get(
                new FileKey(layer.digest(), file.number()), () -> files.head(repository, layer, file.number()));
    }

    LayerFiles files() {
        return files;
    }

    private Optional<LayerIndex> kept(Digest layer) {
        try {
            return objects.find(Keys.segments(layer)).flatMap(LayerIndexBytes::read);
        } catch (IOException e) {
            LOG.warn("What is in the layer {} cannot be read; the layer is read again: {}", layer, e.toString());
            return Optional.empty();
        }
    }

    private void keep(Digest layer, LayerIndex index) {
        // What is wrong may be mended by the next push, or be a lack of time.
        if (index.totals().problem().isEmpty()) {
            try {
                objects.keep(Keys.segments(layer), index.bytes());
            } catch (IOException e) {
                LOG.warn("What is in the layer {} was not kept: {}", layer, e.toString());
            }
        }
    }
}
