package dev.berth.registry.rules;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Tells manifests that nothing holds: that are neither tagged nor a part of anything that stays. It follows what holds a
 * manifest, what holds that, and so on, until a tag or something that does not go.
 *
 * @param goes whether a manifest goes if it is not tagged
 */
record Unheld(Repository repository, RepositoryFacts facts, Predicate<Digest> goes) {
    /** How many holders are followed. A manifest with more counts as held. */
    private static final int MOST = 1_000;

    boolean test(Digest manifest) {
        Set<Digest> seen = new HashSet<>();
        Deque<Digest> waiting = new ArrayDeque<>();
        waiting.add(manifest);
        while (!waiting.isEmpty()) {
            Digest next = waiting.remove();
            if (!seen.add(next)) {
                continue;
            }
            if (seen.size() > MOST || !goes.test(next) || !addHolders(next, waiting)) {
                return false;
            }
        }
        return true;
    }

    /** Adds what holds a manifest, or returns false if a tag does, or it is broken: then what it needs is not known. */
    private boolean addHolders(Digest manifest, Deque<Digest> waiting) {
        RepositoryName name = repository.name();
        for (Iterator<Tag> tags = facts.tagsOf(name, manifest); tags.hasNext(); ) {
            Optional<Digest> image = AttachedTags.image(tags.next())
                    .filter(holder -> facts.pushedAt(name, holder).isPresent());
            if (image.isEmpty()) {
                return false;
            }
            waiting.add(image.get());
        }
        for (Iterator<Digest> indexes = facts.indexesOf(name, manifest);
                indexes.hasNext() && waiting.size() <= MOST; ) {
            waiting.add(indexes.next());
        }
        return ImageSweep.read(repository, manifest)
                .map(document -> {
                    document.subject()
                            .map(Descriptor::digest)
                            .filter(subject -> facts.pushedAt(name, subject).isPresent())
                            .ifPresent(waiting::add);
                    return true;
                })
                .orElse(false);
    }
}
