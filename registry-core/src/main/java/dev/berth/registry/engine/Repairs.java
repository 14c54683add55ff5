package dev.berth.registry.engine;

import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ObjectContent;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.PutCondition;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;

/**
 * The intents to remove something from the index, written down before and removed after.
 *
 * <p>They exist for one case: who deletes a tag dies between removing its mark and looking whether the tag is back,
 * while another node pushes that tag. The tag would be there and missing from the listing. Replaying the intent, at
 * start and by maintenance, mends that; it does no harm at any other time.
 */
final class Repairs {
    /** Longer than anything that may still be under way has been running. */
    private static final Duration OVER = Duration.ofHours(1);

    private final ObjectStore store;
    private final Revisions revisions;
    private final Index index;
    private final InstantSource clock;

    Repairs(ObjectStore store, Revisions revisions, Index index, InstantSource clock) {
        this.store = store;
        this.revisions = revisions;
        this.index = index;
        this.clock = clock;
    }

    /** Writes an intent down. */
    ObjectKey begin(RepositoryName repository, Tag tag) throws IOException {
        return begin(new Repair.OfTag(clock.instant(), repository, tag));
    }

    /** Writes an intent down. */
    ObjectKey begin(RepositoryName repository, Digest digest) throws IOException {
        return begin(new Repair.OfManifest(clock.instant(), repository, digest));
    }

    private ObjectKey begin(Repair repair) throws IOException {
        ObjectKey key = Keys.repair(UUID.randomUUID().toString());
        store.put(key, repair.bytes(), PutCondition.always());
        return key;
    }

    /** Removes an intent whose work is done. */
    void end(ObjectKey intent) throws IOException {
        store.delete(intent);
    }

    /** Does again what may have been left half done, by this process or another one. */
    void replay() throws IOException {
        Iterator<ObjectKey> intents = StoredNames.level(
                store,
                "look for unfinished deletions",
                Keys.REPAIRS,
                Optional.empty(),
                OptionalLong.empty(),
                name -> Optional.of(Keys.repair(name)));
        while (intents.hasNext()) {
            ObjectKey intent = intents.next();
            Optional<Repair> repair = read(intent);
            if (repair.isPresent()) {
                replay(repair.get());
            }
            Instant overSince = clock.instant().minus(OVER);
            if (repair.isEmpty() || repair.get().since().isBefore(overSince)) {
                store.delete(intent);
            }
        }
    }

    private void replay(Repair repair) throws IOException {
        RepositoryName repository = repair.repository();
        if (repair instanceof Repair.OfTag ofTag) {
            index.repairTag(repository, ofTag.tag());
        } else if (repair instanceof Repair.OfManifest ofManifest) {
            Digest digest = ofManifest.digest();
            repairTagsOf(repository, digest);
            Set<ObjectKey> marks = revisions
                    .readDocument(repository, digest)
                    .map(document -> Index.marksOf(repository, digest, document))
                    .orElse(Set.of());
            index.repairManifest(repository, digest, marks);
        }
    }

    private void repairTagsOf(RepositoryName repository, Digest digest) throws IOException {
        KeyPrefix marks = Keys.taggedMarks(repository, digest);
        Iterator<Tag> tags = Index.tagsBelow(store, marks, Optional.empty(), OptionalLong.empty());
        while (tags.hasNext()) {
            index.repairTagged(repository, digest, tags.next());
        }
    }

    private Optional<Repair> read(ObjectKey intent) throws IOException {
        Optional<ObjectContent> found = store.open(intent, 0, 4096);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        try (ObjectContent content = found.get()) {
            return Repair.parse(content.stream().readAllBytes());
        }
    }
}
