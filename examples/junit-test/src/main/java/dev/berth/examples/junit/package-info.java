/** An application that watches a tag in a registry: {@link dev.berth.examples.junit.UpdateCheck}. */
@NullMarked
package dev.berth.examples.junit;

import org.jspecify.annotations.NullMarked;
