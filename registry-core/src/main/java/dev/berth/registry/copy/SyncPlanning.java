package dev.berth.registry.copy;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.Tag;
import dev.berth.registry.manifest.SignatureTags;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Compares the tags of two repositories. */
final class SyncPlanning {
    private final RepositoryLocation from;
    private final RepositoryLocation to;
    private final SyncOptions options;
    private final ParallelTasks tasks;
    private final Repository source;
    private final Repository target;

    SyncPlanning(RepositoryLocation from, RepositoryLocation to, SyncOptions options, ParallelTasks tasks) {
        this.from = from;
        this.to = to;
        this.options = options;
        this.tasks = tasks;
        this.source = from.open();
        this.target = to.open();
    }

    /**
     * What is to be done for a tag: a step, nothing, or nothing because it cannot be.
     *
     * @param wanted what the tag is to name at the target
     */
    private record Verdict(Optional<SyncStep> step, Optional<SyncFailure> failure, Optional<Digest> wanted) {
        static Verdict unchanged(Optional<Digest> wanted) {
            return new Verdict(Optional.empty(), Optional.empty(), wanted);
        }

        static Verdict of(SyncStep step) {
            return new Verdict(Optional.of(step), Optional.empty(), step.after());
        }

        static Verdict of(SyncFailure failure) {
            return new Verdict(Optional.empty(), Optional.of(failure), Optional.empty());
        }
    }

    SyncPlan run() {
        Set<Tag> named = tags(source, from);
        Set<Tag> present = targetTags();
        List<Tag> images = named.stream()
                .filter(tag -> SignatureTags.subject(tag).isEmpty())
                .toList();
        List<Verdict> verdicts = new ArrayList<>(compare(images, present, options.copy()));
        List<Tag> signatures = signatures(named, verdicts);
        verdicts.addAll(compare(signatures, present, options.copy().withoutPlatforms()));
        if (options.delete()) {
            List<Tag> missing = present.stream()
                    // The source need not have a list of referrers, and without it what refers to an image at the
                    // target
                    // would not be found any more.
                    .filter(tag -> !named.contains(tag) && !SignatureTags.isListOfReferrers(tag))
                    .toList();
            verdicts.addAll(tasks.map(missing, this::deletion));
        }
        List<SyncStep> steps =
                verdicts.stream().flatMap(verdict -> verdict.step().stream()).toList();
        List<SyncFailure> failures =
                verdicts.stream().flatMap(verdict -> verdict.failure().stream()).toList();
        return new SyncPlan(from, to, options, steps, verdicts.size() - steps.size() - failures.size(), failures);
    }

    /**
     * Returns the tags of cosign that are copied for themselves: not those that come with an image anyway, and, where
     * platforms are chosen, not those of anything that is not copied.
     */
    private List<Tag> signatures(Set<Tag> all, List<Verdict> images) {
        Set<Digest> copied =
                images.stream().flatMap(image -> image.wanted().stream()).collect(Collectors.toSet());
        boolean withImages = options.copy().referrers();
        boolean withoutImages = options.copy().platforms().isEmpty();
        return all.stream()
                .filter(tag -> SignatureTags.subject(tag)
                        .map(subject -> copied.contains(subject) ? !withImages : withoutImages)
                        .orElse(false))
                .toList();
    }

    private List<Verdict> compare(List<Tag> tags, Set<Tag> present, CopyOptions copy) {
        return tasks.map(tags, tag -> compare(tag, present.contains(tag), copy));
    }

    private Set<Tag> tags(Repository repository, RepositoryLocation location) {
        Set<Tag> tags = new TreeSet<>();
        try {
            repository.tags().list().stream().filter(options::selects).forEach(tags::add);
        } catch (RegistryException e) {
            throw CopyFailure.of("list the tags of " + location, e);
        }
        return tags;
    }

    /** A repository that does not exist yet has no tags. */
    private Set<Tag> targetTags() {
        try {
            return tags(target, to);
        } catch (RegistryException e) {
            if (e.code() == ErrorCode.NAME_UNKNOWN) {
                return Set.of();
            }
            throw e;
        }
    }

    private Verdict compare(Tag tag, boolean present, CopyOptions copy) {
        try {
            Optional<Descriptor> there = present ? target.tags().resolve(tag) : Optional.empty();
            Optional<Digest> before = there.map(Descriptor::digest);
            Wanted wanted = wanted(tag, copy);
            if (copy.format() == ManifestFormat.OCI && !isInFormat(there, wanted)) {
                wanted = converted(wanted);
            }
            SyncStep.Action action = before.isEmpty() ? SyncStep.Action.ADD : SyncStep.Action.MOVE;
            if (before.equals(Optional.of(wanted.after()))) {
                if (!copy.referrers() || wanted.converted() || isComplete(wanted)) {
                    return Verdict.unchanged(Optional.of(wanted.after()));
                }
                action = SyncStep.Action.COMPLETE;
            }
            return Verdict.of(
                    new SyncStep(action, tag, Optional.of(wanted.source()), before, Optional.of(wanted.after())));
        } catch (RegistryException e) {
            if (isOfThisTag(e)) {
                return Verdict.of(new SyncFailure(tag, e));
            }
            throw CopyFailure.of("compare the tag " + tag + " of " + from + " with that of " + to, e);
        }
    }

    /**
     * What the target should have.
     *
     * @param source what the tag names at the source
     * @param after what it should name at the target
     * @param made that manifest, if it is not at the source
     * @param converted whether it is in another format than at the source, so that nothing there refers to it
     */
    private record Wanted(Digest source, Digest after, Optional<Manifest> made, boolean converted) {}

    /** An image that is there in OCI's format needs no look whether it is to be converted. */
    private static boolean isInFormat(Optional<Descriptor> there, Wanted wanted) {
        return there.filter(
                        image -> image.digest().equals(wanted.after()) && !OciMediaTypes.isDockers(image.mediaType()))
                .isPresent();
    }

    private Wanted converted(Wanted wanted) {
        Manifest root = wanted.made().orElseGet(() -> source.manifests().get(wanted.after()));
        ContentGraph graph = new GraphWalk(from, GraphWalk.Attached.NOTHING, tasks.alone()).from(root);
        Manifest now = GraphRewrite.toOci(
                        new GraphRewrite.Image(root, graph),
                        node -> node.manifest()
                                .orElseGet(() ->
                                        source.manifests().get(node.descriptor().digest())))
                .root();
        return now.equals(root) ? wanted : new Wanted(wanted.source(), now.digest(), Optional.of(now), true);
    }

    private Wanted wanted(Tag tag, CopyOptions copy) {
        if (copy.platforms().isEmpty()) {
            Digest named = resolve(source, tag)
                    // A registry that lists a tag it does not have reports why when the manifest is requested.
                    .orElseGet(() -> source.manifests().get(tag).digest());
            return new Wanted(named, named, Optional.empty(), false);
        }
        Manifest named = source.manifests().get(tag);
        PlatformChoice.Chosen chosen = new PlatformChoice(from.image(tag), copy.platforms()).of(named);
        return new Wanted(named.digest(), chosen.descriptor().digest(), chosen.made(), false);
    }

    private static Optional<Digest> resolve(Repository repository, Tag tag) {
        return repository.tags().resolve(tag).map(Descriptor::digest);
    }

    /** Returns whether the target has all manifests of an image, with what refers to them. */
    private boolean isComplete(Wanted wanted) {
        Manifest root = wanted.made().orElseGet(() -> source.manifests().get(wanted.after()));
        return new Completeness(target)
                .has(new GraphWalk(from, GraphWalk.Attached.of(options.copy()), tasks.alone()).from(root));
    }

    private Verdict deletion(Tag tag) {
        return resolve(target, tag)
                .map(named -> Verdict.of(new SyncStep(
                        SyncStep.Action.DELETE, tag, Optional.empty(), Optional.of(named), Optional.empty())))
                .orElseGet(() -> Verdict.unchanged(Optional.empty()));
    }

    /** Returns whether it is this tag that cannot be copied; else others cannot either. */
    private static boolean isOfThisTag(RegistryException e) {
        return switch (e.code()) {
            case UNAVAILABLE, UNAUTHORIZED, DENIED, TOOMANYREQUESTS -> false;
            default -> true;
        };
    }
}
