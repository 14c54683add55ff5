/** What is measured, one scenario each. */
@NullMarked
package dev.berth.examples.benchmarks.scenario;

import org.jspecify.annotations.NullMarked;
