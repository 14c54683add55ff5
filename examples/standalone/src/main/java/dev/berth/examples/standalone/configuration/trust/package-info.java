/**
 * The sections {@code scan}, {@code signatures} and {@code gate}: what is known against images, whose signatures are trusted, and
 * which images are handed out.
 */
@NullMarked
package dev.berth.examples.standalone.configuration.trust;

import org.jspecify.annotations.NullMarked;
