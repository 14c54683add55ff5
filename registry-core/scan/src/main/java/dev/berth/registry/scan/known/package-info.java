/**
 * What is known of an image's safety, for whoever shows it: findings, signatures, packages, SBOMs, and what the gate says.
 *
 * <p>{@link dev.berth.registry.scan.known.KnownImages} brings together what the other packages know.
 */
@NullMarked
package dev.berth.registry.scan.known;

import org.jspecify.annotations.NullMarked;
