package dev.berth.registry.rules;

import dev.berth.registry.DeleteCondition;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.TagCondition;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Executes a plan. For one thread. */
final class RetentionExecution {
    private static final String MOVED = "it was set again after it was planned";

    private final Repository repository;
    private final RepositoryFacts facts;
    private final Consumer<RetentionStep> listener;

    RetentionExecution(Repository repository, RepositoryFacts facts, Consumer<RetentionStep> listener) {
        this.repository = repository;
        this.facts = facts;
        this.listener = listener;
    }

    void run(PlannedTags tags, List<SweptImage> images) {
        for (PlannedTags.PlannedTag tag : tags.list()) {
            delete(tags.deletion(tag), tag.tag(), tag.found());
        }
        Set<SweptImage> gone = new HashSet<>();
        for (SweptImage image : images) {
            if (delete(image, gone)) {
                gone.add(image);
                image.attached().forEach((tag, found) -> {
                    if (!tags.contains(tag)) {
                        delete(attached(repository.name(), image, tag, found), tag, found);
                    }
                });
            }
        }
    }

    static PlannedDeletion attached(
            RepositoryName repository, SweptImage image, Tag tag, RepositoryFacts.SetTag found) {
        return new PlannedDeletion(
                repository, Optional.of(tag), found.manifest(), "it is a part of the image " + image.digest());
    }

    /** Returns whether the manifest is not there any more. */
    private boolean delete(SweptImage image, Set<SweptImage> gone) {
        PlannedDeletion deletion =
                new PlannedDeletion(repository.name(), Optional.empty(), image.digest(), image.reason());
        if (!gone.containsAll(image.before())) {
            tell(deletion, RetentionStep.Result.LEFT, "something that it is a part of was left");
            return false;
        }
        try {
            detach(image, image);
            if (image.first()) {
                image.holders().forEach(holder -> detach(image, holder));
            }
            DeleteCondition condition = image.first() ? DeleteCondition.UNLISTED : DeleteCondition.UNNEEDED;
            if (repository.manifests().delete(image.digest(), condition)) {
                tell(deletion, RetentionStep.Result.DELETED, "");
                return true;
            }
            if (facts.pushedAt(repository.name(), image.digest()).isEmpty()) {
                tell(deletion, RetentionStep.Result.GONE, "");
                return true;
            }
            tell(deletion, RetentionStep.Result.LEFT, "something came to need it after it was planned");
        } catch (RegistryException e) {
            leave(deletion, e);
        }
        return false;
    }

    /** Deletes the tags that attach a manifest to one that does not go before it. */
    private void detach(SweptImage image, SweptImage holder) {
        holder.attached().forEach((tag, found) -> {
            if (found.manifest().equals(image.digest())) {
                delete(attached(repository.name(), holder, tag, found), tag, found);
            }
        });
    }

    private void delete(PlannedDeletion deletion, Tag tag, RepositoryFacts.SetTag planned) {
        if (!facts.tag(repository.name(), tag).map(planned::equals).orElse(true)) {
            tell(deletion, RetentionStep.Result.LEFT, MOVED);
            return;
        }
        try {
            boolean deleted = delete(tag, planned.manifest());
            tell(deletion, deleted ? RetentionStep.Result.DELETED : RetentionStep.Result.GONE, "");
        } catch (RegistryException e) {
            leave(deletion, e);
        }
    }

    private boolean delete(Tag tag, Digest planned) {
        try {
            return repository.tags().delete(tag, TagCondition.currently(planned));
        } catch (RegistryException e) {
            if (e.code() != ErrorCode.UNSUPPORTED) {
                throw e;
            }
            // Such as a remote registry. A moment is left in which the tag can be moved unseen.
            Optional<Digest> current = repository.tags().resolve(tag).map(Descriptor::digest);
            if (current.isPresent() && !current.get().equals(planned)) {
                throw RegistryException.of(ErrorCode.PRECONDITION_FAILED, MOVED);
            }
            return current.isPresent() && repository.tags().delete(tag);
        }
    }

    /** Goes on where the registry refuses, and not where it fails. */
    private void leave(PlannedDeletion deletion, RegistryException refusal) {
        switch (refusal.code()) {
            case PRECONDITION_FAILED, DENIED, UNSUPPORTED ->
                tell(deletion, RetentionStep.Result.LEFT, String.valueOf(refusal.getMessage()));
            default -> throw refusal;
        }
    }

    private void tell(PlannedDeletion deletion, RetentionStep.Result result, String detail) {
        listener.accept(new RetentionStep(deletion, result, detail));
    }
}
