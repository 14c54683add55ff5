package dev.berth.registry.copy;

import dev.berth.registry.Digest;
import dev.berth.registry.ImageLocation;
import dev.berth.registry.Manifest;
import dev.berth.registry.Platform;
import dev.berth.registry.RegistryException;
import dev.berth.registry.internal.thread.DaemonThreads;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
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
 * <p>A copy transfers what the target lacks. A blob that the target has is skipped. A blob in another repository of the
 * target registry is mounted: the registries are the same if {@link dev.berth.registry.Registry#identity()} is equal, or an
 * earlier copy has pushed the blob there. Concurrent copies by one copier transfer a blob to a registry once. Manifests are
 * copied byte for byte, after all content that they reference, and the tag is set last. An interrupted copy therefore
 * leaves no manifest without its content, and repeating it transfers the rest.
 *
 * <p>With one {@linkplain CopyOptions.Builder#platform platform}, the image for that platform is copied. With several, a new
 * index of their images is pushed, with the attestations of these images (such as their provenance). Either has <strong>a
 * different digest than the source</strong>; see {@link CopyResult#digestChanged}. Referrers of the whole index are not
 * copied then, since they would not refer to the copy. If a platform is missing, the copy fails with a message that lists
 * the platforms of the image. A single image must be for one of the platforms.
 *
 * <p>With {@linkplain CopyOptions.Builder#referrers referrers}, the referrers of each copied manifest are copied, their
 * referrers in turn, and what cosign keeps in {@linkplain dev.berth.registry.manifest.SignatureTags tags} for any of these. They are pushed after their subject and before the tag is set.
 *
 * <p>Layers that may be elsewhere are left out if neither registry has them ({@link CopyOutcome#EXTERNAL}). No blob is held in memory: it is streamed
 * from one registry to the other, and read again from the source if the push is retried.
 *
 * <p>Manifests are made anew if their {@linkplain CopyOptions.Builder#format format} is to be another one, or layers are
 * {@linkplain CopyOptions.Builder#compression compressed}: the copy has another digest then, of which the listener is
 * {@linkplain CopyListener#warning told}, and nothing that refers to the original is copied.
 *
 * <p>A failure is a {@link RegistryException} with the code of the registry that failed and a message that names source,
 * target and digest. After the first failure, all transfers of the copy are cancelled: their streams are closed and their
 * threads interrupted, and the call returns when they have ended. Interrupting the calling thread has the same effect, with
 * {@link dev.berth.registry.ErrorCode#UNAVAILABLE}.
 *
 * <p>Thread-safe. Threads run only during a copy. Registries and executors are not closed.
 *
 * @since 0.1
 */
public final class ImageCopier {
    private final CopierOptions options;
    private final ThreadFactory threads = DaemonThreads.numbered("berth-copy-");
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

    /** Copies an image with all its platforms, without referrers. */
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
        Cancellation cancellation = new Cancellation("copy " + source + " to " + target);
        ParallelTasks tasks = new ParallelTasks(executor, options.parallelism(), cancellation);
        return new ImageCopy(source, target, copyOptions, tasks, cancellation, shared).run();
    }

    /**
     * Plans the steps that make the tags of the target those of the source. Writes nothing.
     *
     * <p>Lists the tags of both repositories and resolves each tag in both. With platforms, the manifest of each tag is read
     * as well. With referrers, all manifests of each unchanged tag are read, the referrers of each are listed and cosign's
     * tags looked up. With {@link ManifestFormat#OCI}, all manifests of each tag are read that the target does not have
     * in that format. Cosign's tags of what is copied are copied with it, whatever the patterns say; other ones are tags like
     * all others, except that platforms are not chosen of them. Tags that cannot be copied are among the plan's failures.
     *
     * @throws RegistryException with {@link dev.berth.registry.ErrorCode#NAME_UNKNOWN} if there is no such repository at
     *     the source; else as the registries do
     */
    public SyncPlan plan(RepositoryLocation source, RepositoryLocation target, SyncOptions syncOptions) {
        return withExecutor(executor -> {
            Cancellation cancellation = new Cancellation("compare " + source + " with " + target);
            ParallelTasks tasks = new ParallelTasks(executor, options.parallelism(), cancellation);
            return new SyncPlanning(source, target, syncOptions, tasks).run();
        });
    }

    /**
     * Executes the steps of a plan, one tag after the other. The manifests that the tags of the source named when the plan
     * was made are copied. A tag of the target that has changed since is not touched. If a tag fails, the others are
     * still copied, unless they would fail for the same reason (access denied, no space); see {@link SyncResult#failures}.
     *
     * @throws RegistryException with {@link dev.berth.registry.ErrorCode#UNAVAILABLE} if the thread was interrupted
     */
    public SyncResult execute(SyncPlan plan) {
        return withExecutor(executor -> new SyncExecution(
                        plan, (source, target, copyOptions) -> copy(source, target, copyOptions, executor))
                .run());
    }

    /** Plans and executes, as {@link #plan} and {@link #execute}. */
    public SyncResult sync(RepositoryLocation source, RepositoryLocation target, SyncOptions syncOptions) {
        return execute(plan(source, target, syncOptions));
    }

    /**
     * Returns the location, by digest, of the image that a copy of one platform would copy, by the rules of
     * {@link CopyOptions.Builder#platform}. Reads the manifest.
     *
     * @throws RegistryException with {@link dev.berth.registry.ErrorCode#MANIFEST_UNKNOWN} if there is no such image, or
     *     none for the platform; the message names those that there are
     */
    public static ImageLocation forPlatform(ImageLocation image, Platform platform) {
        PlatformChoice choice = new PlatformChoice(image, List.of(platform));
        return image.withSelector(choice.of(image.get()).descriptor().digest());
    }

    /**
     * Returns the digest that a copy of an image would have at the target, as far as it is chosen by platforms. Reads the
     * manifest, unless all platforms are copied of an image that is named by its digest.
     *
     * @throws RegistryException with {@link dev.berth.registry.ErrorCode#MANIFEST_UNKNOWN} if there is no such image, or
     *     none for a platform
     */
    public static Digest copiedDigest(ImageLocation image, CopyOptions copyOptions) {
        if (copyOptions.platforms().isEmpty() && image.selector() instanceof Digest digest) {
            return digest;
        }
        return new PlatformChoice(image, copyOptions.platforms())
                .of(image.get())
                .descriptor()
                .digest();
    }

    /**
     * Returns whether a repository has all manifests that a copy would bring to it, with what refers to them. Their blobs
     * and the tag of the image are not looked up. Reads all these manifests at the source.
     *
     * @throws RegistryException with {@link dev.berth.registry.ErrorCode#MANIFEST_UNKNOWN} if there is no such image, or
     *     none for a platform; else as the registries do
     */
    public boolean isComplete(ImageLocation source, RepositoryLocation target, CopyOptions copyOptions) {
        return withExecutor(executor -> {
            Cancellation cancellation = new Cancellation("compare " + source + " with " + target);
            ParallelTasks tasks = new ParallelTasks(executor, options.parallelism(), cancellation);
            PlatformChoice.Chosen chosen = new PlatformChoice(source, copyOptions.platforms()).of(source.get());
            Manifest root = chosen.made()
                    .orElseGet(() ->
                            source.withSelector(chosen.descriptor().digest()).get());
            ContentGraph graph =
                    new GraphWalk(RepositoryLocation.of(source), GraphWalk.Attached.of(copyOptions), tasks).from(root);
            return new Completeness(target.open()).has(graph);
        });
    }

    private <T> T withExecutor(Function<Executor, T> work) {
        if (options.executor().isPresent()) {
            return work.apply(options.executor().get());
        }
        if (options.parallelism() == 1) {
            return work.apply(Runnable::run);
        }
        ExecutorService executor = Executors.newFixedThreadPool(options.parallelism() - 1, threads);
        try {
            return work.apply(executor);
        } finally {
            executor.shutdown();
        }
    }
}
