package dev.berth.registry.internal.store;

import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.manifest.ManifestDocument;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.function.BooleanSupplier;

/**
 * Replays the {@linkplain RepairJournal repair journal}, whose entries are written before a deletion from the index and
 * kept for a while after it.
 *
 * <p>The journal covers two cases. A process deletes the entry of a tag and dies before it has checked whether the tag is
 * back, while another process pushes that tag. Or a process sets a tag and dies before it has checked whether its entry
 * is still there, while another process deletes it. In both cases the tag would exist and be missing from the listing.
 * The replay, at start and by maintenance, repairs that. It does no harm at any other time: every repair reads the facts
 * and brings the index in line with them, as a request does that comes upon the same entry. So it may run beside
 * requests, beside other processes, and beside itself.
 */
public final class RepairReplay {
    /**
     * How long entries are kept: longer than a request of the store may live, also one of a process that has died, and so longer
     * than any deletion from the index takes, which looks again at its end.
     */
    public static final Duration KEPT = Marks.TAKEOVER.plusMinutes(1);

    private final ObjectStore store;
    private final Index index;
    private final InstantSource clock;

    RepairReplay(ObjectStore store, Index index, InstantSource clock) {
        this.store = store;
        this.index = index;
        this.clock = clock;
    }

    /** Looks a second time at a manifest whose link was emptied since nothing needed it. */
    @FunctionalInterface
    public interface SecondLook {
        /**
         * Looks.
         *
         * @param unlisted whether an index that lists it needs it, too, and not a tag only
         */
        void look(RepositoryName repository, Digest manifest, boolean unlisted) throws IOException;
    }

    /** Begins a pass over the journal. Does no I/O. */
    public RepairPass begin(SecondLook secondLook) {
        return new RepairPass(store, this, secondLook, clock.instant().minus(KEPT));
    }

    /** Makes the repair of an entry, and returns whether it was completed: it is given up when it may not go on. */
    boolean replay(RepairEntry entry, SecondLook secondLook, BooleanSupplier mayGoOn) throws IOException {
        RepositoryName repository = entry.repository();
        if (entry instanceof RepairEntry.OfUnneeded unneeded) {
            secondLook.look(repository, unneeded.digest(), unneeded.unlisted());
            return repairManifest(repository, unneeded.digest(), mayGoOn);
        }
        if (entry instanceof RepairEntry.OfTag ofTag) {
            index.repairTag(repository, ofTag.tag());
        } else if (entry instanceof RepairEntry.OfManifest ofManifest) {
            return repairManifest(repository, ofManifest.digest(), mayGoOn);
        } else {
            index.repairRepository(repository);
        }
        return true;
    }

    /**
     * Brings the entries of a manifest and its tags in line with the facts. The repair must be in the journal.
     *
     * @param document what it says, since its data may be gone
     */
    public void repairManifest(RepositoryName repository, Digest digest, ManifestDocument document) throws IOException {
        boolean unused = repairTags(repository, digest, () -> true);
        index.repairJournaledManifest(repository, digest, document);
    }

    private boolean repairManifest(RepositoryName repository, Digest digest, BooleanSupplier mayGoOn)
            throws IOException {
        if (!repairTags(repository, digest, mayGoOn)) {
            return false;
        }
        index.repairJournaledManifest(repository, digest);
        return true;
    }

    private boolean repairTags(RepositoryName repository, Digest digest, BooleanSupplier mayGoOn) throws IOException {
        for (Iterator<Tag> tags = index.tagsOf(repository, digest); tags.hasNext(); ) {
            if (!mayGoOn.getAsBoolean()) {
                return false;
            }
            index.repairTagged(repository, digest, tags.next());
        }
        return true;
    }
}
