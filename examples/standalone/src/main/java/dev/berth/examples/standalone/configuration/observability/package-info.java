/**
 * The settings about what a registry tells of itself: {@code notifications}, {@code http.debug}, {@code health} and {@code
 * log}, with the keys of {@code registry:2} and further ones.
 */
@NullMarked
package dev.berth.examples.standalone.configuration.observability;

import org.jspecify.annotations.NullMarked;
