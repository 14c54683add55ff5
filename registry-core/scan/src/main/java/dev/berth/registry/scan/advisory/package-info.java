/**
 * What is known against packages: advisories in the OSV schema, and the scanner that compares images with them.
 *
 * <p>{@link dev.berth.registry.scan.advisory.AdvisoryIndex} is made of the databases that the operator has, and is asked by
 * {@link dev.berth.registry.scan.advisory.BerthScanner}. {@link dev.berth.registry.scan.advisory.AdvisoryUpdates} fetches
 * databases and keeps the index new.
 */
@NullMarked
package dev.berth.registry.scan.advisory;

import org.jspecify.annotations.NullMarked;
