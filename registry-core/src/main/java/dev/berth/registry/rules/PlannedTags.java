package dev.berth.registry.rules;

import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The tags that a plan deletes, as they were when it was made. No more than there is room for. For one thread. */
final class PlannedTags {
    private final RepositoryName repository;
    private final int room;
    private final Map<Tag, PlannedTag> tags = new LinkedHashMap<>();
    private int untagged;
    private boolean complete = true;

    PlannedTags(RepositoryName repository, int room) {
        this.repository = repository;
        this.room = room;
    }

    /** A tag as it was. */
    record PlannedTag(Tag tag, RepositoryFacts.SetTag found, String reason) {}

    boolean hasRoom() {
        return tags.size() + untagged < room;
    }

    void add(Tag tag, RepositoryFacts.SetTag found, String reason) {
        if (hasRoom()) {
            tags.put(tag, new PlannedTag(tag, found, reason));
        } else {
            complete = false;
        }
    }

    /** Takes the room of a manifest without a tag. */
    void addUntagged() {
        untagged++;
    }

    /** Removes the tags from the first one on that does not fit. */
    void retain(Predicate<PlannedTag> fits) {
        List<PlannedTag> kept = new ArrayList<>();
        for (PlannedTag tag : tags.values()) {
            if (!fits.test(tag)) {
                complete = false;
                tags.clear();
                kept.forEach(one -> tags.put(one.tag(), one));
                return;
            }
            kept.add(tag);
        }
    }

    boolean contains(Tag tag) {
        return tags.containsKey(tag);
    }

    void setIncomplete() {
        complete = false;
    }

    /** Returns whether everything that goes had room. */
    boolean complete() {
        return complete;
    }

    List<PlannedTag> list() {
        return List.copyOf(tags.values());
    }

    PlannedDeletion deletion(PlannedTag tag) {
        return new PlannedDeletion(
                repository, Optional.of(tag.tag()), tag.found().manifest(), tag.reason());
    }
}
