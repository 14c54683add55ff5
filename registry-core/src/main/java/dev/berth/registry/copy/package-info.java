/**
 * Copies images from any registry to any other.
 *
 * <p>{@link dev.berth.registry.copy.ImageCopier} copies one image between two
 * {@link dev.berth.registry.ImageLocation}s, or synchronizes the tags of two repositories.
 * {@link dev.berth.registry.copy.CopyOptions} select platforms and referrers;
 * {@link dev.berth.registry.copy.SyncOptions} select tags. A {@link dev.berth.registry.copy.CopyListener} learns of the
 * progress.
 */
@NullMarked
package dev.berth.registry.copy;

import org.jspecify.annotations.NullMarked;
