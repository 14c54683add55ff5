/**
 * A store in the heap, for tests and for registries that need not outlive their process:
 * {@link dev.berth.registry.memory.MemoryObjectStore}.
 */
@NullMarked
package dev.berth.registry.memory;

import org.jspecify.annotations.NullMarked;
