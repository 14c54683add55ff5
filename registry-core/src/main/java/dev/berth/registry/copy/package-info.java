/**
 * Copying images from any registry to any other: {@link dev.berth.registry.copy.ImageCopier}.
 *
 * <p>Where from and to: {@link dev.berth.registry.ImageLocation},
 * {@link dev.berth.registry.copy.RepositoryLocation}. What of it: {@link dev.berth.registry.copy.CopyOptions}. What is
 * told on the way and at the end: {@link dev.berth.registry.copy.CopyListener},
 * {@link dev.berth.registry.copy.CopyResult}. Whole repositories:
 * {@link dev.berth.registry.copy.SyncOptions}, {@link dev.berth.registry.copy.SyncPlan},
 * {@link dev.berth.registry.copy.SyncResult}.
 *
 * <p>Inside, a copy is an {@code ImageCopy}: {@code PlatformChoice} says what to copy
 * (out of {@code IndexImages}), {@code GraphWalk} finds all that it
 * consists of ({@code ContentGraph}), {@code BlobTransfer} brings the blobs. {@code ParallelTasks} does such things in parallel,
 * {@code Cancellation} ends them together, {@code SharedTransfers} is what the copies of one copier know of each other.
 */
@NullMarked
package dev.berth.registry.copy;

import org.jspecify.annotations.NullMarked;
