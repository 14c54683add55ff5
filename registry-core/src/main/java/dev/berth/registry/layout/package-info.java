/**
 * Images in files. {@link dev.berth.registry.layout.OciLayoutRegistry} is a registry over an OCI image layout, in a
 * directory or a tar archive, or over an archive of {@code docker save}.
 */
@NullMarked
package dev.berth.registry.layout;

import org.jspecify.annotations.NullMarked;
