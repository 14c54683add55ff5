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
            return read(links.target(link), digest, guessed, reading);
        }
    }

    private static <T> Optional<Found<T>> read(
            Optional<Digest> target, Digest digest, Prefetch<Optional<T>> guessed, OfData<T> reading)
            throws IOException {
        if (target.isEmpty()) {
            return Optional.empty();
        }
        Digest data = target.get();
        Optional<T> value = data.equals(digest) ? guessed.get() : reading.read(data);
        return value.map(found -> new Found<>(data, found));
    }

    /** Begins to read a link and something of its data that need not be closed. */
    public <T> Prefetch<Optional<Found<T>>> begin(ObjectKey link, Digest digest, OfData<T> reading) {
        Prefetch<Optional<Digest>> target = store.prefetch(() -> links.target(link), found -> {});
        Prefetch<Optional<T>> guessed = store.prefetch(() -> reading.read(digest), found -> {});
        return new Prefetch<>() {
            @Override
            public Optional<Found<T>> get() throws IOException {
                return read(target.get(), digest, guessed, reading);
            }

            @Override
            public void close() {
                target.close();
                guessed.close();
            }
        };
    }
}
