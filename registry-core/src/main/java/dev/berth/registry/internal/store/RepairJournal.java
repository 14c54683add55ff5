package dev.berth.registry.internal.store;

import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.PutCondition;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Locale;
import java.util.UUID;

/** Records deletions from the index before they happen. {@link RepairReplay} reads the journal. */
public final class RepairJournal {
    /** In the year 2286, in milliseconds: the last one of 13 digits. */
    private static final long LATEST = 9_999_999_999_999L;

    private final ObjectStore store;
    private final InstantSource clock;

    RepairJournal(ObjectStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /** To be called before entries of this tag are deleted. */
    public void append(RepositoryName repository, Tag tag) throws IOException {
        write(new RepairEntry.OfTag(clock.instant(), repository, tag));
    }

    /** To be called before entries of this manifest are deleted, and that of its repository if it was the last one. */
    public void append(RepositoryName repository, Digest digest) throws IOException {
        write(new RepairEntry.OfManifest(clock.instant(), repository, digest));
    }

    /**
     * To be called before the link of this manifest is emptied since nothing needs it.
     *
     * @param unlisted whether an index that lists it needs it, too, and not a tag only
     */
    public void appendUnneeded(RepositoryName repository, Digest digest, boolean unlisted) throws IOException {
        write(new RepairEntry.OfUnneeded(clock.instant(), repository, digest, unlisted));
    }

    /** To be called before the entry of this repository is deleted. */
    public void append(RepositoryName repository) throws IOException {
        write(new RepairEntry.OfRepository(clock.instant(), repository));
    }

    /** As {@link #append(RepositoryName, Tag)}, for a push that has failed: it must not use up the room of deletions. */
    void appendForPush(RepositoryName repository, Tag tag) throws IOException {
        writeForPush(new RepairEntry.OfTag(clock.instant(), repository, tag));
    }

    /** As {@link #append(RepositoryName)}, for a push that has failed. */
    void appendForPush(RepositoryName repository) throws IOException {
        writeForPush(new RepairEntry.OfRepository(clock.instant(), repository));
    }

    private void write(RepairEntry repair) throws IOException {
        store.putForDeletion(key(repair), repair.bytes(), PutCondition.always());
    }

    private void writeForPush(RepairEntry repair) throws IOException {
        store.put(key(repair), repair.bytes(), PutCondition.always());
    }

    /** The names are in the order of the time, backwards: a listing begins with the newest entry. */
    private static ObjectKey key(RepairEntry repair) {
        long left = Math.max(0, LATEST - repair.since().toEpochMilli());
        return Keys.repair(String.format(Locale.ROOT, "%013d-%s", left, UUID.randomUUID()));
    }
}
