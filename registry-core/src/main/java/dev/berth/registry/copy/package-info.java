/**
 * Copies images from any registry to any other.
 *
 * <ul>
 *   <li>{@link dev.berth.registry.copy.ImageCopier} copies images and synchronizes repositories.
 *   <li>{@link dev.berth.registry.ImageLocation} and {@link dev.berth.registry.copy.RepositoryLocation} name source
 *       and target.
 *   <li>{@link dev.berth.registry.copy.CopyOptions} selects platforms, referrers, format and compression.
 *   <li>{@link dev.berth.registry.copy.CopyListener} follows the progress, {@link dev.berth.registry.copy.CopyResult}
 *       is the outcome.
 *   <li>{@link dev.berth.registry.copy.SyncOptions}, {@link dev.berth.registry.copy.SyncPlan} and
 *       {@link dev.berth.registry.copy.SyncResult} are the same for whole repositories.
 * </ul>
 */
// For maintainers: a copy is an ImageCopy. PlatformChoice decides what to copy (out of IndexImages), GraphWalk finds
// all that it consists of (ContentGraph), ImageRewriting makes manifests anew if need be (GraphRewrite), BlobTransfer
// transfers the blobs. ParallelTasks runs such tasks in parallel, Cancellation cancels them together, SharedTransfers
// is
// what the copies of one copier know of each other.
@NullMarked
package dev.berth.registry.copy;

import org.jspecify.annotations.NullMarked;
