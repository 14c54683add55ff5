package dev.berth.registry.copy;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.ImageLocation;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Tag;
import dev.berth.registry.manifest.SignatureTags;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Does what a plan says, step by step; a step that fails does not keep the others from being done. */
final class SyncExecution {
    private final SyncPlan plan;
    private final Copying copying;
    private final List<SyncStep> done = new ArrayList<>();
    private final List<SyncFailure> failures;
    private CopyCounts blobs = CopyCounts.NONE;
    private CopyCounts manifests = CopyCounts.NONE;

    /** Copies one image. */
    interface Copying {
        CopyResult copy(ImageLocation source, ImageLocation target, CopyOptions options);
    }

    SyncExecution(SyncPlan plan, Copying copying) {
        this.plan = plan;
        this.copying = copying;
        this.failures = new ArrayList<>(plan.failures());
    }

    SyncResult run() {
        for (int i = 0; i < plan.steps().size(); i++) {
            SyncStep step = plan.steps().get(i);
            plan.options().onStep().accept(step);
            try {
                run(step);
                done.add(step);
            } catch (RegistryException e) {
                if (Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                failures.add(new SyncFailure(step.tag(), e));
                if (isOfAll(e)) {
                    plan.steps()
                            .subList(i + 1, plan.steps().size())
                            .forEach(left -> failures.add(new SyncFailure(left.tag(), e)));
                    break;
                }
            }
        }
        return new SyncResult(done, failures, blobs, manifests);
    }

    private void run(SyncStep step) {
        Optional<Digest> now = current(step.tag());
        if (!now.equals(step.before()) && !now.equals(step.after())) {
            throw RegistryException.of(
                    ErrorCode.PRECONDITION_FAILED,
                    "The tag " + step.tag() + " of " + plan.target() + " was changed after the plan was made: it names "
                            + now.map(Digest::toString).orElse("nothing") + ", not "
                            + step.before().map(Digest::toString).orElse("nothing") + "; make a new plan");
        }
        if (step.action() == SyncStep.Action.DELETE) {
            delete(step.tag());
            return;
        }
        boolean signature = SignatureTags.subject(step.tag()).isPresent();
        if (signature && step.action() != SyncStep.Action.COMPLETE && now.equals(step.after())) {
            // It has come with its image.
            return;
        }
        CopyOptions options = plan.options().copy().beside(plan.options()::selects);
        CopyResult result = copying.copy(
                plan.source().image(step.source().orElseThrow()),
                plan.target().image(step.tag()),
                signature ? options.withoutPlatforms() : options);
        blobs = blobs.plus(result.blobs());
        manifests = manifests.plus(result.manifests());
    }

    private Optional<Digest> current(Tag tag) {
        try {
            return plan.target().open().tags().resolve(tag).map(Descriptor::digest);
        } catch (RegistryException e) {
            throw CopyFailure.of("look up the tag " + tag + " of " + plan.target(), e);
        }
    }

    private void delete(Tag tag) {
        try {
            plan.target().open().tags().delete(tag);
        } catch (RegistryException e) {
            throw CopyFailure.of("delete the tag " + tag + " of " + plan.target(), e);
        }
    }

    /** Returns whether it would only happen again with each other tag. */
    private static boolean isOfAll(RegistryException e) {
        return switch (e.code()) {
            case UNAUTHORIZED, DENIED, TOOMANYREQUESTS, INSUFFICIENT_STORAGE -> true;
            default -> false;
        };
    }
}
