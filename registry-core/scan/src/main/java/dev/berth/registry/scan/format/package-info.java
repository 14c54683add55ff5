/**
 * Reads the files that say which packages an image has. Each reader is bounded by {@link
 * dev.berth.registry.scan.format.source.Findings}: strangers write these files.
 */
@NullMarked
package dev.berth.registry.scan.format;

import org.jspecify.annotations.NullMarked;
