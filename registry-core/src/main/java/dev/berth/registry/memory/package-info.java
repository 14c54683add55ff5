/**
 * A store in the heap: {@link dev.berth.registry.memory.MemoryObjectStore}, for tests and for registries that need not
 * outlive their process.
 */
@NullMarked
package dev.berth.registry.memory;

import org.jspecify.annotations.NullMarked;
