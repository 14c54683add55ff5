/**
 * Values of settings: how durations, sizes, addresses, secrets and lists are written in {@code registry:2}, and how what is
 * malformed is told.
 */
@NullMarked
package dev.berth.examples.standalone.configuration.values;

import org.jspecify.annotations.NullMarked;
