package dev.berth.registry.internal.trash;

import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.internal.store.KeyReader;
import dev.berth.registry.internal.store.StoredNames;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.PutCondition;
import java.io.IOException;
import java.time.Instant;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** What was deleted, in the order of the times, so that what has expired is found without reading anything else. */
final class TrashTimes {
    private static final long HOUR = 3600;

    private final ObjectStore store;

    TrashTimes(ObjectStore store) {
        this.store = store;
    }

    /**
     * A deletion.
     *
     * @param at when it was
     * @param digest the manifest that was deleted, or that the tag named
     * @param tag the tag that was deleted, or empty if the manifest was, with all its tags
     */
    record Time(Instant at, RepositoryName repository, Digest digest, Optional<Tag> tag) {}

    /** Writes that something is deleted now, before it is put into the trash. */
    void add(Time time) throws IOException {
        long seconds = Math.max(0, time.at().getEpochSecond());
        String name = String.format(Locale.ROOT, "%08d/%012d-%s", seconds / HOUR, seconds, UUID.randomUUID());
        byte[] content = TrashObject.bytes(
                time.at(),
                time.repository().value(),
                time.digest().toString(),
                time.tag().map(Tag::value).orElse("-"));
        store.putForDeletion(TrashKeys.time(name), content, PutCondition.always());
    }

    /** Iterates over the keys, the oldest first. */
    Iterator<ObjectKey> keys() {
        return StoredNames.keys(store, "look for what has expired in the trash", TrashKeys.TIMES);
    }

    /** Returns the second in a key, or the beginning of time if it has none. */
    static Instant second(ObjectKey key) {
        String name = KeyReader.lastSegment(key.value());
        try {
            return Instant.ofEpochSecond(Long.parseLong(name.substring(0, Math.max(0, name.indexOf('-')))));
        } catch (NumberFormatException e) {
            return Instant.EPOCH;
        }
    }

    Optional<Time> read(ObjectKey key) throws IOException {
        Optional<TrashObject> object = TrashObject.read(store, key);
        if (object.isEmpty() || object.get().lines().size() < 3) {
            return Optional.empty();
        }
        try {
            String tag = object.get().lines().get(2);
            return Optional.of(new Time(
                    object.get().at(),
                    RepositoryName.parse(object.get().lines().get(0)),
                    Digest.parse(object.get().lines().get(1)),
                    tag.equals("-") ? Optional.empty() : Optional.of(Tag.parse(tag))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
