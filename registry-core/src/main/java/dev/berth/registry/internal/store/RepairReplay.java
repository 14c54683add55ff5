package dev.berth.registry.internal.store;

import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.storage.KeyPrefix;
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
 * Follows up the {@linkplain RepairJournal intents} to remove something from the index, which are written down before, and
 * kept for a while after.
 *
 * <p>They exist for two cases. Who removes the mark of a tag dies between that and looking whether the tag is back,
 * while another process pushes that tag. Or the one who pushes dies between setting the tag and looking whether its mark
 * is still there, while another process deletes it. Either way the tag would be there and missing from the listing.
 * Replaying the intent, at start and by maintenance, mends that; it does no harm at any other time.
 */
public final class RepairReplay {
    /** Longer than a push takes from writing marks to setting what they stand for. */
    public static final Duration KEPT = Duration.ofMinutes(2);

    private static final int MOST_REMEMBERED = 10_000;

    private final ObjectStore store;
    private final Revisions revisions;
    private final Index index;
    private final InstantSource clock;

    public RepairReplay(ObjectStore store, Revisions revisions, Index index, InstantSource clock) {
        this.store = store;
        this.revisions = revisions;
        this.index = index;
        this.clock = clock;
    }

    /** Does again what may have been left half done, by this process or another one, and drops intents that are over. */
    public void replay() throws IOException {
        Iterator<ObjectKey> intents = StoredNames.level(
                store,
                "look for unfinished deletions",
                Keys.REPAIRS,
                Optional.empty(),
                OptionalLong.empty(),
                name -> Optional.of(Keys.repair(name)));
        Set<RepairEntry> done = new HashSet<>();
        while (intents.hasNext()) {
            ObjectKey intent = intents.next();
            Optional<RepairEntry> repair = read(intent);
            // What is deleted again and again has many intents, of which all say to look at the same.
            if (repair.isPresent() && done.add(repair.get().at(Instant.EPOCH))) {
                replay(repair.get());
            }
            if (done.size() == MOST_REMEMBERED) {
                done.clear();
            }
            Instant over = clock.instant().minus(KEPT);
            if (repair.isEmpty() || repair.get().since().isBefore(over)) {
                store.delete(intent);
            }
        }
    }

    private void replay(RepairEntry repair) throws IOException {
        RepositoryName repository = repair.repository();
        if (repair instanceof RepairEntry.OfTag ofTag) {
            index.repairTag(repository, ofTag.tag());
        } else if (repair instanceof RepairEntry.OfManifest ofManifest) {
            repairManifest(repository, ofManifest.digest());
        } else {
            index.repairRepository(repository);
        }
    }

    /** Brings the marks of a manifest and its tags in line with the facts. An intent must have been written. */
    public void repairManifest(RepositoryName repository, Digest digest) throws IOException {
        repairTagsOf(repository, digest);
        Set<ObjectKey> marks = revisions
                .readDocument(repository, digest)
                .map(document -> Index.marksOf(repository, digest, document))
                .orElse(Set.of());
        index.repairManifest(repository, digest, marks);
    }

    private void repairTagsOf(RepositoryName repository, Digest digest) throws IOException {
        KeyPrefix marks = Keys.taggedMarks(repository, digest);
        Iterator<Tag> tags = Index.tagsBelow(store, marks, Optional.empty(), OptionalLong.empty());
        while (tags.hasNext()) {
            index.repairTagged(repository, digest, tags.next());
        }
    }

    private Optional<RepairEntry> read(ObjectKey intent) throws IOException {
        Optional<ObjectContent> found = store.open(intent, 0, 4096);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        try (ObjectContent content = found.get()) {
            return RepairEntry.parse(content.stream().readAllBytes());
        }
    }
}
