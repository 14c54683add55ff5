package dev.berth.registry.copy;

import dev.berth.registry.ImageLocation;
import dev.berth.registry.Platform;
import dev.berth.registry.RegistryException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Copies images, and whole repositories, from any registry to any other.
 *
 * <pre>{@code
 * ImageCopier copier = ImageCopier.create();
 * CopyResult result = copier.copy(
 *         ImageLocation.of(hub, "library/debian:12"),
 *         ImageLocation.of(mirror, "debian:12"),
 *         CopyOptions.builder().referrers(true).build());
 * }</pre>
 *
 * <p>A copy moves what the target lacks: each blob is looked for there first, mounted if it is in another repository of
 * the same registry (which is known where {@link dev.berth.registry.Registry#identity()} is equal, or an earlier copy
 * brought it there), and only then moved. Of all copies by one copier, only one moves a blob to a registry; the others
 * wait for it. Manifests are copied byte for byte, after everything that they refer to, and the tag comes last: so a copy
 * that is interrupted leaves no manifest without its content, and one that is repeated moves the rest.
 *
 * <p>With {@linkplain CopyOptions.Builder#platform platforms}, what is copied of an index is the image of the platform,
 * if it is one, or else a new index of just these, with what describes them (such as a build's provenance). Either has
 * <strong>another digest than the source</strong>, which {@link CopyResult#digestChanged} tells; what refers to the whole
 * index is not copied then, since it would not refer to the copy. An image without the platform is an error that names
 * those that there are. An image that is no index must be for one of the platforms.
 *
 * <p>With {@linkplain CopyOptions.Builder#referrers referrers}, everything that refers to a copied manifest is copied too,
 * and what refers to that. They are pushed after their subject, and before the tag.
 *
 * <p>Layers that need not be in a registry, and that the source does not have, are passed over. No blob is held in memory:
 * bytes go from one registry's stream to the other's push, and are read again from the source if the target begins anew.
 *
 * <p>Failures are a {@link RegistryException} with the code of the registry that failed and a message that names source,
 * target and digest. After the first one all that is under way is ended: streams are closed, threads are interrupted, and
 * the call returns when they have come to their end. Interrupting the calling thread has the same effect, with
 * {@link dev.berth.registry.ErrorCode#UNAVAILABLE}.
 *
 * <p>Thread-safe; starts no threads but for the time of a copy. Closes nothing that it was given.
 *
 * @since 0.1
 */
public final class ImageCopier {
    private final CopierOptions options;
    private final AtomicInteger threads = new AtomicInteger();
    private final SharedTransfers shared = new SharedTransfers();

    private ImageCopier(CopierOptions options) {
        this.options = options;
    }

    /** Returns a copier with the defaults of {@link CopierOptions}. */
    public static ImageCopier create() {
        return create(CopierOptions.defaults());
    }

    /** Returns a copier. */
    public static ImageCopier create(CopierOptions options) {
        return new ImageCopier(Objects.requireNonNull(options, "options"));
    }

    /** Copies an image with all its platforms, and without what refers to it. */
    public CopyResult copy(ImageLocation source, ImageLocation target) {
        return copy(source, target, CopyOptions.defaults());
    }

    /**
     * Copies an image.
     *
     * @param target with a tag, which is set, or a digest, which must be that of what is copied
     * @throws RegistryException with {@link dev.berth.registry.ErrorCode#MANIFEST_UNKNOWN} if there is no such image, or
     *     none for a platform; {@link dev.berth.registry.ErrorCode#DIGEST_INVALID} if the target's digest is not that of
     *     what would be there, or a registry gives other content than it said; else as the registries do
     */
    public CopyResult copy(ImageLocation source, ImageLocation target, CopyOptions copyOptions) {
        return withExecutor(executor -> copy(source, target, copyOptions, executor));
    }

    private CopyResult copy(ImageLocation source, ImageLocation target, CopyOptions copyOptions, Executor executor) {
        Cancellation abortion = new Cancellation("copy " + source + " to " + target);
        ParallelTasks crew = new ParallelTasks(executor, options.parallelism(), abortion);
        return new ImageCopy(source, target, copyOptions, crew, abortion, shared).run();
    }

    /**
     * Finds out what {@link #execute} would do to make the tags of the target those of the source. Writes nothing.
     *
     * <p>Costs a listing of both repositories, and for each tag a look at both; with platforms, the reading of the
     * manifest too; with referrers, for each unchanged tag, that of all its manifests and a listing for each. Tags that
     * cannot be copied are among the plan's failures.
     *
     * @throws RegistryException with {@link dev.berth.registry.ErrorCode#NAME_UNKNOWN} if there is no such repository at
     *     the source; else as the registries do
     */
    public SyncPlan plan(RepositoryLocation source, RepositoryLocation target, SyncOptions syncOptions) {
        return withExecutor(executor -> {
            Cancellation abortion = new Cancellation("compare " + source + " with " + target);
            ParallelTasks crew = new ParallelTasks(executor, options.parallelism(), abortion);
            return new SyncPlanning(source, target, syncOptions, crew).run();
        });
    }

    /**
     * Does what a plan says, one tag after the other. Copied is what the source's tags named when the plan was made; a
     * tag of the target that was changed since is left alone. A tag that fails does not keep the others from being
     * done, unless they would fail in the same way (no rights, no space); see {@link SyncResult#failures}.
     *
     * @throws RegistryException with {@link dev.berth.registry.ErrorCode#UNAVAILABLE} if the thread was interrupted
     */
    public SyncResult execute(SyncPlan plan) {
        return withExecutor(executor -> new SyncExecution(
                        plan, (source, target, copyOptions) -> copy(source, target, copyOptions, executor))
                .run());
    }

    /** Plans and executes. */
    public SyncResult sync(RepositoryLocation source, RepositoryLocation target, SyncOptions syncOptions) {
        return execute(plan(source, target, syncOptions));
    }

    /**
     * Returns what a copy of one platform would take of an image, by the rules of {@link CopyOptions.Builder#platform}:
     * the image of that platform, by its digest. Reads the manifest.
     *
     * @throws RegistryException with {@link dev.berth.registry.ErrorCode#MANIFEST_UNKNOWN} if there is no such image, or
     *     none for the platform; the message names those that there are
     */
    public static ImageLocation forPlatform(ImageLocation image, Platform platform) {
        PlatformChoice choice = new PlatformChoice(image, List.of(platform));
        return image.withSelector(choice.of(image.get()).descriptor().digest());
    }

    private <T> T withExecutor(Function<Executor, T> work) {
        if (options.executor().isPresent()) {
            return work.apply(options.executor().get());
        }
        if (options.parallelism() == 1) {
            return work.apply(Runnable::run);
        }
        ExecutorService executor = Executors.newFixedThreadPool(options.parallelism() - 1, this::thread);
        try {
            return work.apply(executor);
        } finally {
            executor.shutdown();
        }
    }

    private Thread thread(Runnable work) {
        Thread thread = new Thread(work, "berth-copy-" + threads.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }
}
