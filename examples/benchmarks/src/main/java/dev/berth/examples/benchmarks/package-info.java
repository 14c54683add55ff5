/** Berth measured beside other registries: {@link dev.berth.examples.benchmarks.Benchmarks}. */
@NullMarked
package dev.berth.examples.benchmarks;

import org.jspecify.annotations.NullMarked;
