/**
 * The orders in which the ecosystems of packages have their versions: {@link
 * dev.berth.registry.scan.version.VersionOrder}.
 */
@NullMarked
package dev.berth.registry.scan.version;

import org.jspecify.annotations.NullMarked;
