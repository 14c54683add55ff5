package dev.berth.registry.internal.store;

import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.storage.ObjectBatch;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.PutCondition;
import dev.berth.registry.storage.StorageFullException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What may have become garbage: an entry for each change after which a repository shows a digest, or no longer needs it. A
 * collection looks at them, so that its cost is that of what has changed. An entry has a name of its own, so that one
 * that is removed is never one that was just written.
 */
public final class Candidates {
    /** How exact the time of an entry is: it may have been written so much later. */
    public static final Duration RESOLUTION = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(Candidates.class);

    private static final long HOUR = 3600;

    private final ObjectStore store;
    private final InstantSource clock;

    Candidates(ObjectStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * An entry.
     *
     * @param key where it is
     * @param since when it was written, to the second, by the clock of its writer
     * @param digest the digest, as the repository names it
     */
    public record Candidate(ObjectKey key, Instant since, Digest digest, RepositoryName repository) {}

    /** Adds an entry to the batch of a push, which may make garbage if it is not completed. */
    public void add(ObjectBatch.Builder batch, Digest digest, RepositoryName repository) {
        batch.put(newKey(), bytes(digest, repository));
    }

    /**
     * Writes an entry before something is unlinked, or when it is rescued. Works on a full disk, as deletions do. If not even
     * what is kept for them has room, there is no entry: that is no reason to refuse either, and a collection of everything
     * finds what is garbage without it.
     */
    public void note(Digest digest, RepositoryName repository) throws IOException {
        try {
            store.putForDeletion(newKey(), bytes(digest, repository), PutCondition.always());
        } catch (StorageFullException e) {
            LOG.debug("{} of {} is not noted as a candidate: {}", digest, repository, e.getMessage());
        }
    }

    /**
     * Writes entries before something is unlinked or rescued, and again afterwards if that takes long: a collection that has looked
     * in between has found that it is needed, or condemned.
     *
     * @return what the change returns
     */
    public <T> T noteAround(Set<Digest> digests, Set<RepositoryName> repositories, StoreCalls.Call<T> change)
            throws IOException {
        Instant begun = clock.instant();
        noteAll(digests, repositories);
        T result = change.run();
        if (!clock.instant().isBefore(begun.plus(Marks.TRUST))) {
            noteAll(digests, repositories);
        }
        return result;
    }

    private void noteAll(Set<Digest> digests, Set<RepositoryName> repositories) throws IOException {
        for (RepositoryName repository : repositories) {
            for (Digest digest : digests) {
                note(digest, repository);
            }
        }
    }

    /** Iterates over the keys of all entries, in the order of their times. */
    public Iterator<ObjectKey> keys() {
        return StoredNames.keys(store, "list what has changed", Keys.CANDIDATES);
    }

    /** As the other method, for those that were written in the hour after this time or later. */
    public Iterator<ObjectKey> keys(Instant after) {
        String hour = String.format(Locale.ROOT, "%08d", after.getEpochSecond() / HOUR);
        return StoredNames.tree(
                store,
                "list what has changed",
                Keys.CANDIDATES,
                // A tilde comes behind every character of a name.
                Optional.of(Keys.CANDIDATES + hour + "~"),
                key -> Optional.of(ObjectKey.of(key)));
    }

    /** Reads an entry, or returns empty if it is gone, or damaged. */
    public Optional<Candidate> read(ObjectKey key) throws IOException {
        return SmallObject.read(store, key).flatMap(object -> parse(key, object.text()));
    }

    /** Removes an entry. */
    public void remove(ObjectKey key) throws IOException {
        store.delete(key);
    }

    private ObjectKey newKey() {
        long seconds = clock.instant().getEpochSecond();
        return Keys.candidate(String.format(Locale.ROOT, "%08d/%012d-%s", seconds / HOUR, seconds, UUID.randomUUID()));
    }

    /** Returns when an entry was written, by its key, or empty if the key is not one of an entry. */
    public static Optional<Instant> since(ObjectKey key) {
        String name = KeyReader.lastSegment(key.value());
        try {
            return Optional.of(
                    Instant.ofEpochSecond(Long.parseLong(name.substring(0, Math.max(0, name.indexOf('-'))))));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static byte[] bytes(Digest digest, RepositoryName repository) {
        return (digest + "\n" + repository + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static Optional<Candidate> parse(ObjectKey key, String text) {
        List<String> lines = text.lines().toList();
        if (lines.size() < 2) {
            return Optional.empty();
        }
        try {
            Digest digest = Digest.parse(lines.get(0));
            RepositoryName repository = RepositoryName.parse(lines.get(1));
            return since(key).map(since -> new Candidate(key, since, digest, repository));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
