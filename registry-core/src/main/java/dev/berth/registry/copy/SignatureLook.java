package dev.berth.registry.copy;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.Tag;
import dev.berth.registry.manifest.SignatureTags;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for signatures that a copy leaves at the source: one page of referrers, and cosign's tags, each with a request of
 * its own, at the same time. The target is asked only if there are some. A registry that does not answer is taken to have
 * none: the copy is good without this.
 */
final class SignatureLook {
    private static final Logger LOG = LoggerFactory.getLogger(SignatureLook.class);
    private static final int MAX_REFERRERS = 100;

    private final RepositoryLocation from;
    private final Repository source;
    private final Repository target;
    private final Predicate<Tag> copiedOtherwise;
    private final ParallelTasks tasks;

    /**
     * Looks at nothing yet.
     *
     * @param copiedOtherwise the tags that are copied though not by this copy
     */
    SignatureLook(RepositoryLocation from, RepositoryLocation to, Predicate<Tag> copiedOtherwise, ParallelTasks tasks) {
        this.from = from;
        this.source = from.open();
        this.target = to.open();
        this.copiedOtherwise = copiedOtherwise;
        this.tasks = tasks;
    }

    /** Looks for one kind of signatures. */
    private interface Search {
        /** Returns what was found and is not at the target, for a message. */
        Optional<String> run();
    }

    /** Returns what belongs to a manifest of the source and is not at the target; empty if nothing is known of. */
    Optional<String> leftOut(Digest manifest) {
        List<Search> searches = Stream.concat(
                        SignatureTags.of(manifest).stream()
                                .filter(copiedOtherwise.negate())
                                .map(tag -> (Search) () -> tag(tag)),
                        Stream.of((Search) () -> referrers(manifest)))
                .toList();
        List<String> found = tasks.map(searches, search -> quietly(manifest, search)).stream()
                .flatMap(Optional::stream)
                .toList();
        return found.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", found));
    }

    private Optional<String> quietly(Digest manifest, Search search) {
        try {
            return search.run();
        } catch (RegistryException e) {
            LOG.debug("Could not look for signatures of {} in {}", manifest, from, e);
            return Optional.empty();
        }
    }

    private Optional<String> tag(Tag tag) {
        Optional<Digest> signature = source.tags().resolve(tag).map(Descriptor::digest);
        return signature.isEmpty()
                        || signature.equals(target.tags().resolve(tag).map(Descriptor::digest))
                ? Optional.empty()
                : Optional.of("the tag " + tag);
    }

    private Optional<String> referrers(Digest subject) {
        List<Descriptor> found =
                source.manifests().referrers(subject).limit(MAX_REFERRERS).toList();
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Set<Digest> there = new HashSet<>(target.manifests().referrers(subject).limit(MAX_REFERRERS).stream()
                .map(Descriptor::digest)
                .toList());
        List<String> missing = found.stream()
                .filter(referrer -> !there.contains(referrer.digest()))
                .map(referrer ->
                        "a manifest of the type " + referrer.artifactType().orElse(referrer.mediaType()))
                .distinct()
                .sorted()
                .toList();
        return missing.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", missing));
    }
}
