package dev.berth.registry.internal.store;

import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ListRequest;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.PutCondition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells collections that somebody is at work with data, for whom a mark cannot be trusted for long enough: a collection that
 * looks for the last time whether anything needs the data finds the hold, and keeps it. Whoever reads the mark after taking
 * the hold, and finds that the data is kept, may rely on that until the hold is released, however slow the store is.
 *
 * <p>One object for each. What a process leaves that dies is removed by a collection, once it has seen it for {@link
 * Marks#TAKEOVER}, or at once where the store belongs to one process, and that one is another one.
 *
 * <p>Thread-safe.
 */
public final class Holds {
    private static final Logger LOG = LoggerFactory.getLogger(Holds.class);

    private final ObjectStore store;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final UnchangedSince watch = new UnchangedSince();

    Holds(ObjectStore store, InstantSource clock, LongSupplier nanoTime) {
        this.store = store;
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    /** Data that is held. For one thread. */
    public final class Hold implements AutoCloseable {
        private final ObjectKey key;

        private Hold(ObjectKey key) {
            this.key = key;
        }

        /**
         * Requires that collections have seen the hold until now, to be called when everything is done. They give up a holder that
         * takes longer than {@link Marks#TAKEOVER}, such as a process that was suspended.
         *
         * @throws dev.berth.registry.RegistryException with {@link dev.berth.registry.ErrorCode#UNAVAILABLE} if not: what was
         *     done may be in vain
         */
        public void require() throws IOException {
            if (store.stat(key).isEmpty()) {
                throw Marks.busy(
                        "This took so long that what was looked at may have been removed meanwhile; try again");
            }
        }

        /** Releases the data. What cannot be released is left to a collection. */
        @Override
        public void close() {
            try {
                store.delete(key);
            } catch (IOException e) {
                LOG.debug("The hold {} is left to a collection: {}", key, e.getMessage());
            }
        }
    }

    /**
     * A hold as it was read.
     *
     * @param since when it was taken, by the clock of its process
     * @param abandoned whether its process has died, or given it up
     */
    public record Held(Instant since, boolean abandoned) {}

    /** Takes a hold of data for a repository. Durable when this returns. */
    public Hold take(Digest data, RepositoryName repository) throws IOException {
        ObjectKey key = Keys.hold(data, repository, UUID.randomUUID().toString());
        String text = Mark.Owner.create().process() + "\n" + clock.instant() + "\n";
        store.putForDeletion(key, text.getBytes(StandardCharsets.UTF_8), PutCondition.always());
        return new Hold(key);
    }

    /** Returns whether somebody holds the data, for any repository. */
    public boolean isHeld(Digest data) throws IOException {
        return isAny(Keys.holds(data));
    }

    /** Returns whether somebody holds the data for a repository. */
    public boolean isHeld(Digest data, RepositoryName repository) throws IOException {
        return isAny(Keys.holds(data, repository));
    }

    private boolean isAny(KeyPrefix holds) throws IOException {
        return !store.list(ListRequest.tree(holds).limit(1)).names().isEmpty();
    }

    /** Iterates over all holds. */
    public Iterator<ObjectKey> all() {
        return StoredNames.keys(store, "list the holds of data", Keys.HOLDS);
    }

    /** Reads a hold, or returns empty if it is released. */
    public Optional<Held> read(ObjectKey key) throws IOException {
        return SmallObject.read(store, key).map(object -> {
            List<String> lines = object.text().lines().toList();
            boolean other = lines.isEmpty() || !new Mark.Owner(lines.get(0), "").inThisProcess();
            boolean old = watch.seenFor(key, object.version(), nanoTime.getAsLong()) > Marks.TAKEOVER.toNanos();
            return new Held(since(lines), old || store.exclusive() && other);
        });
    }

    private static Instant since(List<String> lines) {
        try {
            return lines.size() < 2 ? Instant.EPOCH : Instant.parse(lines.get(1));
        } catch (DateTimeException e) {
            return Instant.EPOCH;
        }
    }

    /** Removes a hold that is abandoned. */
    public void remove(ObjectKey key) throws IOException {
        store.delete(key);
    }
}
