/**
 * A bound on the memory that requests use at the same time: {@link dev.berth.registry.internal.budget.MemoryBudget} gives
 * out {@link dev.berth.registry.internal.budget.MemoryLease}s. Not exported.
 */
@NullMarked
package dev.berth.registry.internal.budget;

import org.jspecify.annotations.NullMarked;
