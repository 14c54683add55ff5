/** What is inside Berth, measured by JMH. */
@NullMarked
package dev.berth.examples.benchmarks.inside;

import org.jspecify.annotations.NullMarked;
