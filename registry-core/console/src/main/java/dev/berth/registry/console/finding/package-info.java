/**
 * What is known of the safety of images, on pages: findings, signatures, packages, SBOMs, and what the gate says.
 *
 * <p>Only this package knows {@code registry-scan}, which an application may do without. All texts come from strangers.
 */
@NullMarked
package dev.berth.registry.console.finding;

import org.jspecify.annotations.NullMarked;
