package dev.berth.registry.rules;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.manifest.ManifestDocument;
import dev.berth.registry.manifest.ManifestReference;
import dev.berth.registry.manifest.ManifestReference.Role;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds which manifests go with the tags of a plan. It collects everything that might: what the tags name, what that lists,
 * what refers to it, and what tags attach to it, to any depth. Of these, all stay that are held from outside: by a tag that
 * stays, by an index that lists them, by the subject that they refer to, or by the image that a tag attaches them to; and
 * whatever is held by one that stays. The rest goes. For one thread.
 */
final class ImageSweep {
    private final Repository repository;
    private final RepositoryName name;
    private final RepositoryFacts facts;
    private final PlannedTags chosen;
    private final int limit;
    private final Map<Digest, SweptImage> images = new LinkedHashMap<>();

    ImageSweep(Repository repository, RepositoryFacts facts, PlannedTags chosen, int limit) {
        this.repository = repository;
        this.name = repository.name();
        this.facts = facts;
        this.chosen = chosen;
        this.limit = limit;
    }

    /** Reads a manifest; empty if it is not there, or broken. */
    static Optional<ManifestDocument> read(Repository repository, Digest digest) {
        try {
            return Optional.of(ManifestDocument.outline(repository.manifests().get(digest)));
        } catch (RegistryException e) {
            if (e.code() == ErrorCode.MANIFEST_UNKNOWN || e.code() == ErrorCode.MANIFEST_INVALID) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /**
     * Adds a manifest and everything that might go with it.
     *
     * @return whether there was room; if not, what was added for it does no harm
     */
    boolean add(Digest manifest, String reason) {
        Deque<SweptImage> waiting = new ArrayDeque<>();
        visit(manifest, reason, waiting);
        while (!waiting.isEmpty()) {
            if (images.size() > limit) {
                return false;
            }
            expand(waiting.remove(), waiting);
        }
        return true;
    }

    private void visit(Digest digest, String reason, Deque<SweptImage> waiting) {
        if (!images.containsKey(digest) && facts.pushedAt(name, digest).isPresent()) {
            SweptImage image = new SweptImage(digest, reason);
            images.put(digest, image);
            waiting.add(image);
        }
    }

    private void expand(SweptImage image, Deque<SweptImage> waiting) {
        Digest digest = image.digest();
        Optional<ManifestDocument> document = read(repository, digest);
        if (document.isEmpty()) {
            // What a broken manifest needs is not known, and a push may mend it.
            image.setStays();
            return;
        }
        image.setSubject(document.get()
                .subject()
                .map(Descriptor::digest)
                .filter(subject -> !subject.equals(digest))
                .orElse(null));
        for (ManifestReference reference : document.get().references()) {
            if (reference.role() == Role.MANIFEST) {
                visit(reference.digest(), "it is a part of " + digest, waiting);
            }
        }
        for (Descriptor referrer : repository.manifests().referrers(digest)) {
            visit(referrer.digest(), "it refers to " + digest, waiting);
        }
        for (Tag tag : AttachedTags.of(digest)) {
            facts.tag(name, tag).ifPresent(found -> {
                image.attach(tag, found);
                visit(found.manifest(), "the tag " + tag + " attaches it to " + digest, waiting);
            });
        }
    }

    /** Returns what goes, each after what holds it. */
    List<SweptImage> gone() {
        Deque<SweptImage> staying = new ArrayDeque<>();
        for (SweptImage image : images.values()) {
            findHolders(image);
            if (image.stays()) {
                staying.add(image);
            }
        }
        while (!staying.isEmpty()) {
            for (SweptImage held : staying.remove().holds()) {
                if (!held.stays()) {
                    held.setStays();
                    staying.add(held);
                }
            }
        }
        return ordered();
    }

    private void findHolders(SweptImage image) {
        for (Iterator<Tag> tags = facts.tagsOf(name, image.digest()); tags.hasNext() && !image.stays(); ) {
            Tag tag = tags.next();
            if (!chosen.contains(tag)) {
                // A tag holds, unless it is a part of an image, which holds then.
                AttachedTags.image(tag)
                        .filter(holder -> facts.pushedAt(name, holder).isPresent())
                        .ifPresentOrElse(holder -> addHolder(image, holder), image::setStays);
            }
        }
        for (Iterator<Digest> indexes = facts.indexesOf(name, image.digest()); indexes.hasNext() && !image.stays(); ) {
            known(image, indexes.next()).ifPresent(image::addIndex);
        }
        Digest subject = image.subject();
        if (subject != null && facts.pushedAt(name, subject).isPresent()) {
            addHolder(image, subject);
        }
    }

    private void addHolder(SweptImage image, Digest holder) {
        known(image, holder).ifPresent(image::addHolder);
    }

    /** Returns a holder that may go as well; if it does not, nor does the image. */
    private Optional<SweptImage> known(SweptImage image, Digest holder) {
        SweptImage known = images.get(holder);
        if (known == null) {
            image.setStays();
        }
        return Optional.ofNullable(known).filter(other -> !other.equals(image));
    }

    private List<SweptImage> ordered() {
        Set<SweptImage> order = new LinkedHashSet<>();
        Set<SweptImage> open = new LinkedHashSet<>();
        Deque<SweptImage> ready = new ArrayDeque<>();
        for (SweptImage image : images.values()) {
            if (!image.stays()) {
                open.add(image);
                if (image.holders().isEmpty()) {
                    ready.add(image);
                }
            }
        }
        while (!open.isEmpty()) {
            while (!ready.isEmpty()) {
                SweptImage image = ready.remove();
                if (open.remove(image)) {
                    order.add(image);
                    image.holds().stream()
                            .filter(held -> order.containsAll(held.holders()))
                            .forEach(ready::add);
                }
            }
            // What refers to a part of itself. No index lists itself, so one can always go first.
            open.stream()
                    .filter(image -> order.containsAll(image.indexes()))
                    .findFirst()
                    .ifPresent(image -> {
                        image.setFirst();
                        ready.add(image);
                    });
        }
        return List.copyOf(order);
    }
}
