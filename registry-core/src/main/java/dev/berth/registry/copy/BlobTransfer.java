package dev.berth.registry.copy;

import dev.berth.registry.Descriptor;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.MountSource;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** Brings blobs from one repository to another: found there, mounted, or moved, in this order. Thread-safe. */
final class BlobTransfer {
    private final RepositoryLocation from;
    private final RepositoryLocation to;
    private final Repository source;
    private final Repository target;
    private final SharedTransfers shared;
    private final Cancellation cancellation;
    private final ProgressCount progress;

    BlobTransfer(
            RepositoryLocation from,
            RepositoryLocation to,
            SharedTransfers shared,
            Cancellation cancellation,
            ProgressCount progress) {
        this.from = from;
        this.to = to;
        this.source = from.open();
        this.target = to.open();
        this.shared = shared;
        this.cancellation = cancellation;
        this.progress = progress;
    }

    void run(NeededBlob blob) {
        try (SharedTransfers.Turn turn = shared.take(to.registry().identity(), blob.digest(), cancellation)) {
            if (isThere(blob)) {
                arrived(blob, CopyOutcome.SKIPPED, 0);
            } else if (mount(blob)) {
                arrived(blob, CopyOutcome.MOUNTED, 0);
            } else if (blob.optional() && isElsewhere(blob)) {
                leaveOut(blob.descriptor());
            } else {
                move(blob);
            }
        }
    }

    /**
     * Compresses a layer on its way, unless the target has it already when it is.
     *
     * @param mediaType what it is when it is compressed
     * @return its descriptor at the target
     */
    Descriptor compress(NeededBlob plain, String mediaType) {
        SourceBlob content = new SourceBlob(source, plain, cancellation, progress);
        try (CompressedLayer packed = CompressedLayer.of(content, plain.digest())) {
            NeededBlob blob = new NeededBlob(Descriptor.of(mediaType, packed.digest(), packed.length()), false);
            try (SharedTransfers.Turn turn = shared.take(to.registry().identity(), blob.digest(), cancellation)) {
                CopyOutcome outcome =
                        isThere(blob) ? CopyOutcome.SKIPPED : mount(blob) ? CopyOutcome.MOUNTED : push(blob, packed);
                shared.remember(to.registry().identity(), blob.digest(), to.name());
                progress.blob(blob.descriptor(), outcome, plain.size(), content.counted());
            }
            return blob.descriptor();
        } catch (IOException e) {
            throw unreadable(plain, content.failure().orElse(e));
        }
    }

    private CopyOutcome push(NeededBlob blob, CompressedLayer content) {
        try {
            target.blobs().push(blob.digest(), content);
            return CopyOutcome.COPIED;
        } catch (RegistryException e) {
            throw CopyFailure.of(moving(blob), e);
        }
    }

    /** A blob of the wrong size, as some layouts have it, is not there: it is pushed again. */
    private boolean isThere(NeededBlob blob) {
        try {
            return isRight(target.blobs().find(blob.digest()), blob);
        } catch (RegistryException e) {
            throw CopyFailure.of("look for the blob " + blob.digest() + " in " + to, e);
        }
    }

    private static boolean isRight(Optional<Descriptor> found, NeededBlob blob) {
        return found.isPresent() && found.get().size() == blob.size();
    }

    private boolean mount(NeededBlob blob) {
        Set<RepositoryName> candidates = new LinkedHashSet<>();
        if (from.registry().identity().equals(to.registry().identity())) {
            candidates.add(from.name());
        }
        shared.holder(to.registry().identity(), blob.digest()).ifPresent(candidates::add);
        candidates.remove(to.name());
        for (RepositoryName candidate : candidates) {
            try {
                if (isRight(target.blobs().mount(blob.digest(), MountSource.from(candidate)), blob)) {
                    return true;
                }
            } catch (RegistryException e) {
                if (e.code() == ErrorCode.UNAVAILABLE || e.code() == ErrorCode.TOOMANYREQUESTS) {
                    throw CopyFailure.of("mount the blob " + blob.digest() + " from " + candidate + " into " + to, e);
                }
                // It may not be mounted, but perhaps pushed.
            }
        }
        return false;
    }

    private boolean isElsewhere(NeededBlob blob) {
        try {
            return source.blobs().find(blob.digest()).isEmpty();
        } catch (RegistryException e) {
            throw CopyFailure.of("look for the blob " + blob.digest() + " in " + from, e);
        }
    }

    private void move(NeededBlob blob) {
        SourceBlob content = new SourceBlob(source, blob, cancellation, progress);
        try {
            target.blobs().push(blob.digest(), content);
        } catch (RegistryException e) {
            Optional<Exception> cause = content.failure();
            content.forget();
            throw cause.map(failure -> unreadable(blob, failure)).orElseGet(() -> CopyFailure.of(moving(blob), e));
        }
        arrived(blob, CopyOutcome.COPIED, content.counted());
    }

    private void leaveOut(Descriptor layer) {
        progress.blob(layer, CopyOutcome.EXTERNAL, 0);
        progress.warn(
                CopyWarning.Kind.LAYER_LEFT_OUT,
                "The layer " + layer.digest() + " (" + layer.size() + " bytes) was left out, since it is neither in "
                        + from + " nor in " + to + "; it is to be found "
                        + (layer.urls().isEmpty() ? "elsewhere" : "at " + String.join(", ", layer.urls())));
    }

    private void arrived(NeededBlob blob, CopyOutcome outcome, long counted) {
        shared.remember(to.registry().identity(), blob.digest(), to.name());
        progress.blob(blob.descriptor(), outcome, counted);
    }

    private RegistryException unreadable(NeededBlob blob, Exception failure) {
        String what = moving(blob) + ": reading it from " + from + " failed";
        // A stream can throw an IOException only, also for what the registry has to say.
        Throwable reason = failure instanceof IOException && failure.getCause() != null ? failure.getCause() : failure;
        return reason instanceof RegistryException known
                ? CopyFailure.of(what, known)
                : RegistryException.of(
                        ErrorCode.UNAVAILABLE, "Could not " + what + ": " + failure.getMessage(), failure);
    }

    private String moving(NeededBlob blob) {
        return "copy the blob " + blob.digest() + " (" + blob.size() + " bytes) from " + from + " to " + to;
    }
}
