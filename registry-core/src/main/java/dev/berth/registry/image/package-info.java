/**
 * What is inside manifests and image configurations (OCI image specification).
 *
 * <p>{@link dev.berth.registry.image.ManifestDocument#parse} reads a manifest strictly and gives one of
 * {@link dev.berth.registry.image.ImageManifest}, {@link dev.berth.registry.image.ImageIndex} and
 * {@link dev.berth.registry.image.OpaqueManifest}; {@link dev.berth.registry.image.ImageConfig} is the configuration
 * that an image manifest names. They are values: what was read from bytes gives the same bytes back, and a changed copy
 * keeps the fields that are not known here.
 */
@NullMarked
package dev.berth.registry.image;

import org.jspecify.annotations.NullMarked;
