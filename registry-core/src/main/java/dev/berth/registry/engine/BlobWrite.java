package dev.berth.registry.engine;

import dev.berth.registry.Digest;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
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
 * it later. Otherwise the mark is read again, and then whether what was written is still there.
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

    private void confirmLate(long size, Data data) throws IOException {
        for (int attempt = 0; attempt < Reliance.ATTEMPTS; attempt++) {
            Seen seen = look(size);
            if (!seen.data) {
                data.write();
            }
            if (!seen.shown) {
                ObjectBatch.Builder changes = ObjectBatch.builder();
                StoredBlobs.addLink(engine, changes, repository, digest, digest);
                engine.store.apply(changes.build());
            }
            if (engine.marks.trusted(seen.asked)) {
                return;
            }
        }
        throw Reliance.busy(digest);
    }

    /**
     * What is there of what was written.
     *
     * @param asked when the mark was asked for
     */
    private record Seen(long asked, boolean data, boolean shown) {}

    /** Looks after the mark, or at the same time, so that a store with a long latency can be trusted as well. */
    private Seen look(long size) throws IOException {
        try (Prefetch<Marks.Reading> begun = engine.marks.begin(digest);
                Look look = new Look(size)) {
            Marks.Reading reading = begun.get();
            if (reading.never()) {
                return look.seen(reading.asked());
            }
        }
        long asked = engine.marks.awaitKept(digest, repository);
        try (Look look = new Look(size)) {
            return look.seen(asked);
        }
    }

    /** A look at everything at the same time. */
    private final class Look implements AutoCloseable {
        private final Prefetch<Boolean> data;
        private final Prefetch<Boolean> link;
        private final Prefetch<Boolean> holder;

        Look(long size) {
            data = engine.store.prefetch(() -> engine.data.size(digest).equals(Optional.of(size)), whole -> {});
            link = engine.store.prefetch(
                    () -> engine.links
                            .target(Keys.layerLink(repository, digest))
                            .equals(Optional.of(digest)),
                    linked -> {});
            holder = engine.store.prefetch(
                    () -> engine.store
                            .stat(Keys.holderEntry(digest, repository))
                            .isPresent(),
                    held -> {});
        }

        Seen seen(long asked) throws IOException {
            return new Seen(asked, data.get(), link.get() && holder.get());
        }

        @Override
        public void close() {
            data.close();
            link.close();
            holder.close();
        }
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
