package dev.berth.registry.audit.store;

import dev.berth.registry.internal.store.Keys;
import dev.berth.registry.internal.store.StoredNames;
import dev.berth.registry.storage.ObjectContent;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.PutCondition;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The objects with events in the store. */
final class Segments {
    private static final String WHAT = "read the audit";

    private final ObjectStore store;

    Segments(ObjectStore store) {
        this.store = store;
    }

    /** Iterates over the hours that have events, from this one back. */
    Iterator<Long> hours(long newest) {
        return StoredNames.level(
                store,
                WHAT,
                Keys.AUDIT,
                Optional.of(SegmentName.prefix(newest + 1)
                        .value()
                        .substring(Keys.AUDIT.value().length())),
                OptionalLong.empty(),
                name -> SegmentName.hourOfGroup(Keys.AUDIT + name));
    }

    /** Returns the names of the objects of an hour, the one with the newest event first. */
    List<SegmentName> of(long hour) {
        List<SegmentName> names = new ArrayList<>();
        StoredNames.tree(store, WHAT, SegmentName.prefix(hour), OptionalLong.empty(), SegmentName::parse)
                .forEachRemaining(names::add);
        return names;
    }

    /** Iterates over all names, the newest first. */
    Iterator<SegmentName> all() {
        return StoredNames.tree(store, WHAT, Keys.AUDIT, OptionalLong.empty(), SegmentName::parse);
    }

    /** Returns the events of an object, or empty if it is gone: merged, or too old. */
    Optional<List<StoredEvent>> read(SegmentName name) throws IOException {
        Optional<ObjectContent> found = store.open(name.key(), 0, ObjectStore.MAX_PUT_BYTES);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        try (ObjectContent content = found.get()) {
            return Optional.of(Segment.events(content.stream().readAllBytes()));
        }
    }

    void write(Segment segment) throws IOException {
        store.put(segment.name().key(), segment.content(), PutCondition.always());
    }

    void delete(SegmentName name) throws IOException {
        store.delete(name.key());
    }

    /** Deletes all hours that are older than this one. */
    void deleteBefore(long hour) throws IOException {
        for (Iterator<Long> old = hours(hour - 1); old.hasNext(); ) {
            store.deleteTree(SegmentName.prefix(old.next()));
        }
    }
}
