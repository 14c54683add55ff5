/** The application that is packed into an image. */
@NullMarked
package dev.berth.examples.hello;

import org.jspecify.annotations.NullMarked;
