/**
 * Finds repositories by their names, descriptions, labels and annotations, as the console, {@code docker search} and
 * {@code podman search} ask for them.
 */
@NullMarked
package dev.berth.registry.console.search;

import org.jspecify.annotations.NullMarked;
