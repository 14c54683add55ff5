/**
 * Advisories in the OSV schema, as documents: where they are found, how they are read within bounds, and how it is decided
 * whether one is about a version.
 */
@NullMarked
package dev.berth.registry.scan.internal.osv;

import org.jspecify.annotations.NullMarked;
