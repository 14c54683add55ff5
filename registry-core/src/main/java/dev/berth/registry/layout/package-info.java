/**
 * Images in files. {@link dev.berth.registry.layout.OciLayoutRegistry} is a registry over an OCI image layout, in a
 * directory or a tar archive, or over an archive of {@code docker save}.
 */
// For maintainers: OciLayoutRegistry has a Layout… class for each part of the registry's interface, over LayoutFiles,
// which
// are a directory, a tar (TarIndex) or what docker save wrote (DockerArchive). LayoutIndex is index.json; LayoutGraph
// is
// what leads from one manifest to the next. NewArchive packs a directory when it is closed.
@NullMarked
package dev.berth.registry.layout;

import org.jspecify.annotations.NullMarked;
