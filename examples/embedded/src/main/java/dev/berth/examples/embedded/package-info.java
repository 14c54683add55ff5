/** A registry in a Java application, in one file: {@link dev.berth.examples.embedded.Embedded}. */
@NullMarked
package dev.berth.examples.embedded;

import org.jspecify.annotations.NullMarked;
