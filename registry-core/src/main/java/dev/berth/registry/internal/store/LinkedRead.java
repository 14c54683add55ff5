package dev.berth.registry.internal.store;

import dev.berth.registry.Digest;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.Prefetch;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads a link of a repository and the data it points at. A store with a long latency is asked for both at the same
 * time, since nearly every link points at the digest in its name. The link decides: without it nothing is found, and if
 * it points elsewhere, what was read is discarded.
 */
public final class LinkedRead {
    private final ObjectStore store;
    private final Links links;

    LinkedRead(ObjectStore store, Links links) {
        this.store = store;
        this.links = links;
    }

    /** Reads something of the data, or returns empty if the data is missing. */
    public interface OfData<T> {
        Optional<T> read(Digest data) throws IOException;
    }

    /**
     * The result of a read.
     *
     * @param data the target of the link
     * @param value what was read of the data
     */
    public record Found<T>(Digest data, T value) {}

    /**
     * Reads a link and its data.
     *
     * @param digest the digest in the name of the link
     * @param reading reads the data
     * @param discard closes what was read of data that is not the target of the link
     */
    public <T> Optional<Found<T>> read(ObjectKey link, Digest digest, OfData<T> reading, Consumer<T> discard)
            throws IOException {
        try (Prefetch<Optional<T>> guessed =
                store.prefetch(() -> reading.read(digest), found -> found.ifPresent(discard))) {
            Optional<Digest> target = links.target(link);
            if (target.isEmpty()) {
                return Optional.empty();
            }
            Digest data = target.get();
            Optional<T> value = data.equals(digest) ? guessed.get() : reading.read(data);
            return value.map(found -> new Found<>(data, found));
        }
    }
}
