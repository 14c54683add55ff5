/**
 * Packs {@code berth.jar} into a container image: {@link dev.berth.examples.container.ContainerBuild} is the program,
 * {@link dev.berth.examples.container.ServerImage} the image. It stands on nothing but files of the machine that builds it, a
 * Java runtime and the libraries that this needs, or on a base image.
 */
@NullMarked
package dev.berth.examples.container;

import org.jspecify.annotations.NullMarked;
