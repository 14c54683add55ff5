/** What is measured: registries and nginx, started afresh on the loopback address. */
@NullMarked
package dev.berth.examples.benchmarks.server;

import org.jspecify.annotations.NullMarked;
