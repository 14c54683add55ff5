/** What is asked of a server: by wrk, and by clients that push. */
@NullMarked
package dev.berth.examples.benchmarks.load;

import org.jspecify.annotations.NullMarked;
