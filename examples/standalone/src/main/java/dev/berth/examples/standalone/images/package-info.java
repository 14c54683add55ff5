/**
 * The commands for images: copy, sync, ls and inspect. Each parses its arguments as {@code LocationText} and opens them
 * with {@code Locations}. Their shared options are {@code RemoteFlags} and {@code CopyFlags}; {@code Progress} reports a
 * running copy.
 */
@NullMarked
package dev.berth.examples.standalone.images;

import org.jspecify.annotations.NullMarked;
