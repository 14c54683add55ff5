/**
 * The commands for images: copy, sync, ls and inspect. Each parses its arguments as {@code LocationText} and opens them
 * with {@code Locations}. Their shared options are those of all commands that connect to registries, and {@code CopyFlags};
 * {@code Progress} reports a running copy.
 */
@NullMarked
package dev.berth.examples.standalone.images;

import org.jspecify.annotations.NullMarked;
