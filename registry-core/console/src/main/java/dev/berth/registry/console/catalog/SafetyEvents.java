package dev.berth.registry.console.catalog;

import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.event.EventType;
import dev.berth.registry.event.RegistryEvent;
import dev.berth.registry.event.RegistryListener;
import dev.berth.registry.manifest.SignatureTags;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which images have something new about them, as events tell. Bounded, thread-safe. */
final class SafetyEvents implements RegistryListener {
    private final Changes<Digest> images = new Changes<>();
    private final Changes<Digest> pushed = new Changes<>();
    private final Changes<Digest> deleted = new Changes<>();

    @Override
    public void onEvent(RegistryEvent event) {
        EventType type = event.type();
        boolean gone = type.equals(EventType.MANIFEST_DELETED) || type.equals(EventType.TAG_DELETED);
        if (!gone && !type.equals(EventType.MANIFEST_PUSHED) && !type.equals(EventType.TAG_SET)) {
            return;
        }
        for (Tag tag : event.tags()) {
            SignatureTags.subject(tag).ifPresent(subject -> changed(event.repository(), subject));
        }
        event.digest().ifPresent(digest -> {
            if (type.equals(EventType.MANIFEST_DELETED)) {
                deleted.add(event.repository(), List.of(digest));
            } else if (!gone && event.tags().isEmpty()) {
                pushed.add(event.repository(), List.of(digest));
            } else if (!gone) {
                changed(event.repository(), digest);
            }
        });
    }

    void changed(RepositoryName repository, Digest image) {
        images.add(repository, List.of(image));
    }

    void changedAll(RepositoryName repository) {
        images.addWhole(repository);
    }

    /** Returns the images to look at: none named is all. */
    Map<RepositoryName, Optional<Set<Digest>>> takeImages() {
        return images.take();
    }

    /** Returns what was pushed without a tag: it may be a signature. */
    Map<RepositoryName, Optional<Set<Digest>>> takePushed() {
        return pushed.take();
    }

    /** Returns what was deleted: it may have been a signature. */
    Map<RepositoryName, Optional<Set<Digest>>> takeDeleted() {
        return deleted.take();
    }
}
