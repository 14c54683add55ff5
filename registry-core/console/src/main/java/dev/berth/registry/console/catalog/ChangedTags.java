package dev.berth.registry.console.catalog;

import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.event.EventType;
import dev.berth.registry.event.RegistryEvent;
import dev.berth.registry.event.RegistryListener;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which tags are to be looked at. What events say is not believed but looked up, so their order does not matter. If too many
 * repositories have changed, all of them are to be looked at. Thread-safe.
 */
final class ChangedTags implements RegistryListener {
    private final Changes<Tag> changes = new Changes<>();

    /**
     * Something to look at.
     *
     * @param tags the tags; empty for all tags of the repository
     */
    record Change(RepositoryName repository, Optional<Set<Tag>> tags) {}

    @Override
    public void onEvent(RegistryEvent event) {
        EventType type = event.type();
        boolean ofTags = type.equals(EventType.MANIFEST_PUSHED)
                || type.equals(EventType.MANIFEST_DELETED)
                || type.equals(EventType.TAG_SET)
                || type.equals(EventType.TAG_DELETED);
        if (ofTags && !event.tags().isEmpty()) {
            add(event.repository(), event.tags());
        }
    }

    void add(RepositoryName repository, Collection<Tag> tags) {
        changes.add(repository, tags);
    }

    /** All tags of the repository are to be looked at. */
    void addWhole(RepositoryName repository) {
        changes.addWhole(repository);
    }

    /** Returns what is to be looked at, all at once, and forgets it. */
    Map<RepositoryName, Change> take() {
        Map<RepositoryName, Change> taken = new HashMap<>();
        changes.take().forEach((name, tags) -> taken.put(name, new Change(name, tags)));
        return taken;
    }

    /** Puts something back that could not be looked at. */
    void putBack(Change change) {
        change.tags().ifPresentOrElse(tags -> add(change.repository(), tags), () -> addWhole(change.repository()));
    }

    /** Returns whether more repositories have changed than are remembered, since this was asked last. */
    boolean takeOverflown() {
        return changes.takeOverflown();
    }

    boolean isEmpty() {
        return changes.isEmpty();
    }
}
