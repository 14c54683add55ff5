/**
 * The commands for trust: sign and verify. Each opens an image as the commands for images do; {@code ChosenManifests} says which
 * manifests of it are meant.
 */
@NullMarked
package dev.berth.examples.standalone.trust;

import org.jspecify.annotations.NullMarked;
