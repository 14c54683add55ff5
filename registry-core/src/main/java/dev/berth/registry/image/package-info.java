/**
 * What is inside manifests and image configurations (OCI image specification), how to make new ones, and images in
 * files.
 *
 * <p>To read: {@link dev.berth.registry.image.ManifestDocument#parse} reads a manifest strictly and gives one of
 * {@link dev.berth.registry.image.ImageManifest}, {@link dev.berth.registry.image.ImageIndex} and
 * {@link dev.berth.registry.image.OpaqueManifest}; {@link dev.berth.registry.image.ImageConfig} is the configuration
 * that an image manifest names. They are values: what was read from bytes gives the same bytes back, and a changed copy
 * keeps the fields that are not known here.
 *
 * <p>To build: {@link dev.berth.registry.image.ImageBuilder} makes an image of {@link dev.berth.registry.image.Layer}s,
 * {@link dev.berth.registry.image.IndexBuilder} one for several platforms, and
 * {@link dev.berth.registry.image.ArtifactBuilder} anything else; each pushes what it makes to a registry, layers while
 * they are packed. The same input gives the same digests on every machine, with the same versions of the libraries
 * below. These are optional dependencies, needed for building only: commons-compress for every layer, zstd-jni
 * for zstd. On the module path they must be named with {@code --add-modules}.
 *
 * <p>How a layer is packed: {@code TreeTarStream} writes the tar of a tree, entry by entry, {@code CheckedTarStream}
 * passes an existing one on, {@code GzipStream} (of {@code DeflatedBlock}s) or {@code ZstdStream} compresses it, and
 * {@code StreamedBlob} pushes it.
 * Each makes its bytes when it is read ({@code PulledStream}), so nothing runs in a thread of its own but the
 * compression of gzip's blocks, on an executor that may as well do nothing.
 *
 * <p>In files: {@link dev.berth.registry.image.OciLayoutRegistry} is a registry over them. It has a {@code Layout…} class
 * for each part of the registry's interface, over {@code LayoutFiles}, which are a directory, a tar ({@code TarIndex}) or
 * what {@code docker save} wrote ({@code DockerArchive}). {@code index.json} is {@code LayoutIndex}; what leads from one
 * manifest to the next is {@code LayoutGraph}. {@code NewArchive} packs a directory when it is closed.
 */
@NullMarked
package dev.berth.registry.image;

import org.jspecify.annotations.NullMarked;
