package dev.berth.registry.internal.store;

import dev.berth.registry.Digest;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.Prefetch;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads a repository's link and the data that it points at. Where the store's answers are long in coming, it asks for
 * both at the same time: nearly every link points at the digest that is in its name. Nothing is found without the link,
 * and what the link says holds, whatever was read meanwhile.
 */
public final class LinkedRead {
    private final ObjectStore store;
    private final Links links;

    public LinkedRead(ObjectStore store, Links links) {
        this.store = store;
        this.links = links;
    }

    /** Reads something of data, or returns empty if that is missing. */
    public interface OfData<T> {
        Optional<T> read(Digest data) throws IOException;
    }

    /**
     * What was found.
     *
     * @param data what the link points at
     * @param value what was read of it
     */
    public record Found<T>(Digest data, T value) {}

    /**
     * Reads both.
     *
     * @param digest the one in the name of the link
     * @param discard closes what was read and is not what the link points at
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
