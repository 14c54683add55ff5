package dev.berth.registry.engine;

import dev.berth.registry.Digest;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.internal.store.Holds;
import dev.berth.registry.internal.store.Keys;
import dev.berth.registry.internal.store.Marks;
import dev.berth.registry.storage.ObjectBatch;
import dev.berth.registry.storage.Prefetch;
import java.io.IOException;
import java.util.Optional;

/**
 * Makes sure that a blob that is pushed is not what a collection removes. For one push, and one thread.
 *
 * <p>The mark is read before anything is written, or at the same time where the store has a long latency, which is as good if
 * there has been no mark for long. If all was durable soon after that, a collection that condemns the blob later looks at
 * it later. Otherwise a hold keeps collections from removing anything while it is looked whether all is still there.
 */
final class BlobWrite implements AutoCloseable {
    private final Engine engine;
    private final RepositoryName repository;
    private final Digest digest;
    private final Prefetch<Marks.Reading> mark;

    /** When the mark was read before everything else, if it was. */
    private Optional<Long> readBefore = Optional.empty();

    /** Begins to read the mark. */
    BlobWrite(Engine engine, RepositoryName repository, Digest digest) {
        this.engine = engine;
        this.repository = repository;
        this.digest = digest;
        this.mark = engine.marks.begin(digest);
    }

    /** Writes the data of the blob again. */
    @FunctionalInterface
    interface Data {
        void write() throws IOException;
    }

    /** Called before the first write, or before it is looked whether one is needed. Waits for the end of a removal. */
    void begin() throws IOException {
        if (readBefore.isEmpty() && !mark.started()) {
            Marks.Reading reading = mark.get();
            readBefore = Optional.of(
                    reading.mark().isEmpty() ? reading.asked() : engine.marks.awaitKept(digest, repository));
        }
    }

    /**
     * Called when data, holder, link and candidate are durable, and before that is acknowledged.
     *
     * @param data writes the data again
     * @throws RegistryException with {@link dev.berth.registry.ErrorCode#UNAVAILABLE} if the client has to push it again
     */
    void confirm(long size, Data data) throws IOException {
        if (readBefore.isPresent()) {
            if (engine.marks.trusted(readBefore.get())) {
                return;
            }
        } else {
            Marks.Reading reading = mark.get();
            if (reading.never() && engine.marks.trusted(reading.asked())) {
                return;
            }
        }
        confirmLate(size, data);
    }

    /** Makes sure with a hold, behind which no collection removes anything. */
    private void confirmLate(long size, Data data) throws IOException {
        // A collection may have looked at the candidate before there was anything.
        engine.candidates.note(digest, repository);
        if (isThere(size)) {
            return;
        }
        try (Holds.Hold hold = engine.holds.take(digest, repository)) {
            engine.marks.awaitKept(digest, repository);
            if (!engine.data.size(digest).equals(Optional.of(size))) {
                data.write();
            }
            if (!isLinked() || !hasHolder()) {
                ObjectBatch.Builder changes = ObjectBatch.builder();
                StoredBlobs.addLink(engine, changes, repository, digest, digest);
                engine.store.apply(changes.build());
            }
            // What was condemned meanwhile gets a new grace period, which begins now for the client.
            engine.marks.awaitKept(digest, repository);
            hold.require();
        }
    }

    /** Returns whether everything is there, and stays: all is read at the same time, if there is no mark, soon enough. */
    private boolean isThere(long size) throws IOException {
        try (Prefetch<Marks.Reading> begun = engine.marks.begin(digest);
                Prefetch<Boolean> whole =
                        engine.store.prefetch(() -> engine.data.size(digest).equals(Optional.of(size)), found -> {});
                Prefetch<Boolean> linked = engine.store.prefetch(this::isLinked, found -> {});
                Prefetch<Boolean> holder = engine.store.prefetch(this::hasHolder, found -> {})) {
            Marks.Reading reading = begun.get();
            return reading.never()
                    && whole.get()
                    && linked.get()
                    && holder.get()
                    && engine.marks.trusted(reading.asked());
        }
    }

    private boolean isLinked() throws IOException {
        return engine.links.target(Keys.layerLink(repository, digest)).equals(Optional.of(digest));
    }

    private boolean hasHolder() throws IOException {
        return engine.store.stat(Keys.holderEntry(digest, repository)).isPresent();
    }

    /** Returns the failure for content that is gone, and cannot be read again. */
    RegistryException removed() {
        return Marks.busy("A collection has removed " + digest + " while it was being pushed; push it again");
    }

    @Override
    public void close() {
        mark.close();
    }
}
