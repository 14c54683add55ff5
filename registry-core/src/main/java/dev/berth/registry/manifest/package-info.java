/**
 * Manifests, indexes and image configurations (OCI image specification), and images resolved from them.
 *
 * <p>{@link dev.berth.registry.manifest.ManifestDocument#parse} reads a manifest strictly and returns an
 * {@link dev.berth.registry.manifest.ImageManifest}, an {@link dev.berth.registry.manifest.ImageIndex} or an
 * {@link dev.berth.registry.manifest.OpaqueManifest}. {@link dev.berth.registry.manifest.ImageConfig} is the
 * configuration that an image manifest names. They are values: what was read from bytes gives the same bytes back, and a
 * changed copy keeps the fields that are not known here.
 *
 * <p>{@link dev.berth.registry.manifest.ResolvedImage} reads the manifest and configuration of an image for a platform from
 * a registry; {@link dev.berth.registry.manifest.PlatformImages} lists the platforms that there are.
 */
@NullMarked
package dev.berth.registry.manifest;

import org.jspecify.annotations.NullMarked;
