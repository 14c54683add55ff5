/**
 * Manifests and image configurations (OCI image specification) as values, builders for new images, and images in files.
 *
 * <p><b>Reading.</b> {@link dev.berth.registry.image.ManifestDocument#parse} parses a manifest strictly into one of
 * {@link dev.berth.registry.image.ImageManifest}, {@link dev.berth.registry.image.ImageIndex} and
 * {@link dev.berth.registry.image.OpaqueManifest}. {@link dev.berth.registry.image.ImageConfig} is the configuration
 * that an image manifest names. A document that was parsed from bytes returns the same bytes, and a modified copy keeps
 * fields that are not known here.
 *
 * <p><b>Building.</b> {@link dev.berth.registry.image.ImageBuilder} makes an image of
 * {@link dev.berth.registry.image.Layer}s, {@link dev.berth.registry.image.IndexBuilder} an index for several platforms,
 * and {@link dev.berth.registry.image.ArtifactBuilder} any other manifest. Each pushes its result to a registry, layers
 * while they are packed. The same input gives the same digests on every machine, with the same versions of the libraries
 * below. These are optional dependencies, for building only: commons-compress for every layer, zstd-jni for zstd. On the
 * module path they must be named with {@code --add-modules}.
 *
 * <p><b>Files.</b> {@link dev.berth.registry.image.OciLayoutRegistry} is a registry over an OCI image layout, in a
 * directory or a tar, or over an archive of {@code docker save}.
 */
// For maintainers: TreeTarStream writes the tar of a tree, entry by entry, CheckedTarStream passes an existing one on,
// GzipStream (of DeflatedBlocks) or ZstdStream compresses it, and StreamedBlob pushes it. Each produces its bytes when it
// is read (PulledStream), so nothing runs in a thread of its own except the compression of gzip's blocks, on an executor
// that need not have threads.
//
// OciLayoutRegistry has a Layout… class for each part of the registry's interface, over LayoutFiles, which are a
// directory, a tar (TarIndex) or what docker save wrote (DockerArchive). LayoutIndex is index.json; LayoutGraph is what
// leads from one manifest to the next. NewArchive packs a directory when it is closed.
@NullMarked
package dev.berth.registry.image;

import org.jspecify.annotations.NullMarked;
