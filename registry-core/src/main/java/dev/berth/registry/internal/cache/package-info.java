/** Bounded caches in memory. Not exported. */
@NullMarked
package dev.berth.registry.internal.cache;

import org.jspecify.annotations.NullMarked;
