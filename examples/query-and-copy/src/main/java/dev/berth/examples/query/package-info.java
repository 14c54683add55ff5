/**
 * An application that works with images in other registries: {@link dev.berth.examples.query.Query} asks about one,
 * {@link dev.berth.examples.query.Copy} brings images from one registry to another.
 */
@NullMarked
package dev.berth.examples.query;

import org.jspecify.annotations.NullMarked;
