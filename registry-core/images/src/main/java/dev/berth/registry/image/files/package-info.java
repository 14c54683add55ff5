/**
 * Reads the files of images where they are, in the registry: nothing is unpacked, and no name in a layer ever touches a
 * file system.
 *
 * <p>{@link dev.berth.registry.image.files.ImageFiles} is the file system of an image, the layers merged;
 * {@link dev.berth.registry.image.files.LayerReader} reads the entries of one layer in their order.
 * {@link dev.berth.registry.image.files.FileLimits} bound what a hostile layer can cost.
 */
@NullMarked
package dev.berth.registry.image.files;

import org.jspecify.annotations.NullMarked;
