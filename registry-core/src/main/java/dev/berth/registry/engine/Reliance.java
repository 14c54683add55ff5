package dev.berth.registry.engine;

import dev.berth.registry.Digest;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.internal.store.Holds;
import dev.berth.registry.internal.store.LinkedRead;
import dev.berth.registry.internal.store.Marks;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.Prefetch;
import java.io.IOException;
import java.util.Optional;

/**
 * Looks for what a repository has in order to rely on it: to tell a client that it is there, or to let a manifest or a mount
 * refer to it. What a collection has condemned is rescued; what it is removing counts as absent. See {@link Marks}.
 *
 * <p>The mark is read before link and data, or at the same time if there has been none for long: otherwise these might be
 * what was there before a removal, which has ended by the time at which the mark is read.
 */
final class Reliance {
    /** How often a look is repeated that took longer than a mark may be trusted, or met a link that was changed. */
    static final int ATTEMPTS = 10;

    private final Engine engine;
    private final RepositoryName[] repositories;

    /** @param repositories those in which the data is needed */
    Reliance(Engine engine, RepositoryName... repositories) {
        this.engine = engine;
        this.repositories = repositories;
    }

    /**
     * What was found.
     *
     * @param data the digest of the data, to which the link points
     * @param asked when the mark was asked for, for {@link Marks#trusted}
     */
    record Found(Digest data, long size, long asked) {}

    /** Begins to look for a link, its data and the mark. What is found later may be relied on for as long as is trusted. */
    Prefetch<Optional<Found>> begin(ObjectKey link, Digest digest) {
        Prefetch<Marks.Reading> mark = engine.marks.begin(digest);
        Prefetch<Optional<LinkedRead.Found<Long>>> content = engine.linked.begin(link, digest, engine.data::size);
        return new Prefetch<>() {
            @Override
            public Optional<Found> get() throws IOException {
                Marks.Reading reading = mark.get();
                Optional<LinkedRead.Found<Long>> read = content.get();
                if (read.isEmpty()) {
                    return Optional.empty();
                }
                boolean certain = reading.never() && read.get().data().equals(digest);
                return certain
                        ? Optional.of(new Found(digest, read.get().value(), reading.asked()))
                        : again(link, digest, read.get().data());
            }

            @Override
            public void close() {
                mark.close();
                content.close();
            }
        };
    }

    /** Looks again, after the mark. */
    private Optional<Found> again(ObjectKey link, Digest digest, Digest expected) throws IOException {
        Digest data = expected;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            long asked = engine.marks.now();
            if (engine.marks.rely(data, repositories) == Marks.Answer.GOING) {
                return Optional.empty();
            }
            Optional<LinkedRead.Found<Long>> read = engine.linked.read(link, digest, engine.data::size, size -> {});
            if (read.isEmpty()) {
                return Optional.empty();
            }
            if (read.get().data().equals(data)) {
                return Optional.of(new Found(data, read.get().value(), asked));
            }
            data = read.get().data();
        }
        throw busy(digest);
    }

    /**
     * Looks for a link, its data and the mark. What is found is there when this returns, and no collection removes it before its grace
     * period is over. How long the mark may be trusted since then, {@link Found#asked} tells.
     */
    Optional<Found> find(ObjectKey link, Digest digest) throws IOException {
        Optional<Found> found;
        try (Prefetch<Optional<Found>> begun = begin(link, digest)) {
            found = begun.get();
        }
        return found.isEmpty() || engine.marks.trusted(found.get().asked())
                ? found
                : holding(link, digest, found.get().data());
    }

    /** Looks again, while a collection keeps what it looks for. */
    private Optional<Found> holding(ObjectKey link, Digest digest, Digest data) throws IOException {
        try (Holds.Hold hold = engine.holds.take(data, repositories[0])) {
            Optional<Found> found = again(link, digest, data);
            hold.require();
            return found;
        }
    }

    /** Returns the failure of a request whose content is changed by others again and again. */
    static RegistryException busy(Digest digest) {
        return Marks.busy(digest + " is being changed by other requests at this moment; try again");
    }
}
