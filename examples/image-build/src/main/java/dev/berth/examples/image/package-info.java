/**
 * Packs a Java application into a container image, in two steps: {@link dev.berth.examples.image.RuntimeImage} puts a
 * Java runtime on a base image, now and then; {@link dev.berth.examples.image.ApplicationImage} puts an application on
 * that, with every build.
 */
@NullMarked
package dev.berth.examples.image;

import org.jspecify.annotations.NullMarked;
