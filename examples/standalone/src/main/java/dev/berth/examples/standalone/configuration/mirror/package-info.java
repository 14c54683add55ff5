/**
 * The sections {@code proxy}, {@code mirrors} and {@code replication}: other registries, and what is brought from or to them.
 */
@NullMarked
package dev.berth.examples.standalone.configuration.mirror;

import org.jspecify.annotations.NullMarked;
