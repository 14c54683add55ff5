package dev.berth.registry.internal.store;

import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.storage.ObjectContent;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Replays the {@linkplain RepairJournal repair journal}, whose entries are written before a deletion from the index and
 * kept for a while after it.
 *
 * <p>The journal covers two cases. A process deletes the entry of a tag and dies before it has checked whether the tag is
 * back, while another process pushes that tag. Or a process sets a tag and dies before it has checked whether its entry
 * is still there, while another process deletes it. In both cases the tag would exist and be missing from the listing.
 * The replay, at start and by maintenance, repairs that. It does no harm at any other time.
 */
public final class RepairReplay {
    /** How long entries are kept: longer than a push takes from writing index entries to writing the facts. */
    public static final Duration KEPT = Duration.ofMinutes(2);

    private static final int MOST_REMEMBERED = 10_000;

    private final ObjectStore store;
    private final Index index;
    private final InstantSource clock;

    RepairReplay(ObjectStore store, Index index, InstantSource clock) {
        this.store = store;
        this.index = index;
        this.clock = clock;
    }

    /** Completes what a process may have left half done, and deletes the entries that are old enough. */
    public void replay() throws IOException {
        Iterator<ObjectKey> keys = StoredNames.level(
                store,
                "look for unfinished deletions",
                Keys.REPAIRS,
                Optional.empty(),
                OptionalLong.empty(),
                name -> Optional.of(Keys.repair(name)));
        Set<RepairEntry> done = new HashSet<>();
        while (keys.hasNext()) {
            ObjectKey key = keys.next();
            Optional<RepairEntry> entry = read(key);
            // What is deleted again and again has many entries, which all ask for the same repair.
            if (entry.isPresent() && done.add(entry.get().at(Instant.EPOCH))) {
                replay(entry.get());
            }
            if (done.size() == MOST_REMEMBERED) {
                done.clear();
            }
            Instant over = clock.instant().minus(KEPT);
            if (entry.isEmpty() || entry.get().since().isBefore(over)) {
                store.delete(key);
            }
        }
    }

    private void replay(RepairEntry entry) throws IOException {
        RepositoryName repository = entry.repository();
        if (entry instanceof RepairEntry.OfTag ofTag) {
            index.repairTag(repository, ofTag.tag());
        } else if (entry instanceof RepairEntry.OfManifest ofManifest) {
            repairManifest(repository, ofManifest.digest());
        } else {
            index.repairRepository(repository);
        }
    }

    /** Brings the entries of a manifest and its tags in line with the facts. The repair must be in the journal. */
    public void repairManifest(RepositoryName repository, Digest digest) throws IOException {
        for (Iterator<Tag> tags = index.tagsOf(repository, digest); tags.hasNext(); ) {
            index.repairTagged(repository, digest, tags.next());
        }
        index.repairJournaledManifest(repository, digest);
    }

    private Optional<RepairEntry> read(ObjectKey key) throws IOException {
        Optional<ObjectContent> found = store.open(key, 0, 4096);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        try (ObjectContent content = found.get()) {
            return RepairEntry.parse(content.stream().readAllBytes());
        }
    }
}
