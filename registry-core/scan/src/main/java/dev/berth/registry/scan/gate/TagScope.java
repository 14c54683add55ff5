package dev.berth.registry.scan.gate;

import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.rules.RepositoryFacts;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;

/**
 * Tells whether a rule that is not for all tags is for what is asked for by its digest: by the tags that name the manifest, or an
 * index that lists it. In doubt it is. Thread-safe.
 */
final class TagScope {
    private static final int MOST_MANIFESTS = 100;
    private static final int MOST_TAGS = 1_000;

    private final Optional<RepositoryFacts> facts;

    TagScope(Optional<RepositoryFacts> facts) {
        this.facts = facts;
    }

    /**
     * Returns whether a tag says no more than the digest of what it names does: {@code cosign copy} sets such tags before all
     * others.
     */
    static boolean isDigest(Tag tag, Digest named) {
        return tag.value().equals(named.algorithm() + "-" + named.hex());
    }

    boolean concerns(GateRule rule, RepositoryName repository, Digest manifest) {
        return !rule.isForSomeTags() && !rule.isExceptUntagged()
                || facts.map(known -> concerns(known, rule, repository, manifest))
                        .orElse(true);
    }

    private static boolean concerns(RepositoryFacts facts, GateRule rule, RepositoryName repository, Digest manifest) {
        Set<Digest> seen = new HashSet<>(Set.of(manifest));
        Deque<Digest> next = new ArrayDeque<>(seen);
        int tags = 0;
        while (!next.isEmpty()) {
            Digest named = next.remove();
            for (Iterator<Tag> found = facts.tagsOf(repository, named); found.hasNext(); ) {
                Tag tag = found.next();
                if (isDigest(tag, named)) {
                    continue;
                }
                if (rule.concerns(tag) || ++tags > MOST_TAGS) {
                    return true;
                }
            }
            if (facts.knowsManifests()) {
                for (Iterator<Digest> indexes = facts.indexesOf(repository, named); indexes.hasNext(); ) {
                    Digest index = indexes.next();
                    if (seen.add(index)) {
                        next.add(index);
                    }
                    if (seen.size() > MOST_MANIFESTS) {
                        return true;
                    }
                }
            }
        }
        return tags == 0 && !rule.isExceptUntagged();
    }
}
