/**
 * Builds images without a container engine. Maven coordinates: {@code dev.berth:registry-images}. {@link dev.berth.registry.image.ImageBuilder} makes an image of
 * {@link dev.berth.registry.image.Layer}s, {@link dev.berth.registry.image.IndexBuilder} an index of images for several
 * platforms, and {@link dev.berth.registry.image.ArtifactBuilder} any other artifact. Each pushes its result to a
 * registry, layers while they are packed.
 *
 * <p>The same input gives the same digests on every machine; with zstd, if the version of zstd-jni is the same.
 */
@NullMarked
package dev.berth.registry.image;

import org.jspecify.annotations.NullMarked;
