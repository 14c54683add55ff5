/**
 * SBOMs of images: lists of what is in them, in the form of CycloneDX or SPDX, beside the image in the registry.
 *
 * <p>{@link dev.berth.registry.scan.sbom.CycloneDxSbom} writes one from an inventory,
 * {@link dev.berth.registry.scan.sbom.SbomAttachment} puts it beside its image, and
 * {@link dev.berth.registry.scan.sbom.AttachedSboms} reads those that others have put there.
 */
@NullMarked
package dev.berth.registry.scan.sbom;

import org.jspecify.annotations.NullMarked;
