/** The commands that work on a storage: {@code berth serve} runs the registry, {@code berth reindex} builds its index. */
@NullMarked
package dev.berth.examples.standalone.serve;

import org.jspecify.annotations.NullMarked;
