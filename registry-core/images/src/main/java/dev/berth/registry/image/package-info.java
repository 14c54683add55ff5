/**
 * Builds images without a container engine. Maven coordinates: {@code dev.berth:registry-images}. {@link dev.berth.registry.image.ImageBuilder} makes an image of
 * {@link dev.berth.registry.image.Layer}s, {@link dev.berth.registry.image.IndexBuilder} an index of images for several
 * platforms, and {@link dev.berth.registry.image.ArtifactBuilder} any other artifact. Each pushes its result to a
 * registry, layers while they are packed.
 *
 * <p>The same input gives the same digests on every machine; with zstd, if the version of zstd-jni is the same.
 */
// For maintainers: TreeTarStream writes the tar of a tree, entry by entry, CheckedTarStream passes an existing one on,
// GzipStream (of DeflatedBlocks) or ZstdStream compresses it, and StreamedBlob pushes it. Each produces its bytes when
// it
// is read (PulledStream), so nothing runs in a thread of its own except the compression of gzip's blocks, on an
// executor
// that need not have threads.
@NullMarked
package dev.berth.registry.image;

import org.jspecify.annotations.NullMarked;
