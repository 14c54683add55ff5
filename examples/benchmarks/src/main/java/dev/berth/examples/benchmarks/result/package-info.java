/** What came out: figures, ratios, the report and its plots. */
@NullMarked
package dev.berth.examples.benchmarks.result;

import org.jspecify.annotations.NullMarked;
