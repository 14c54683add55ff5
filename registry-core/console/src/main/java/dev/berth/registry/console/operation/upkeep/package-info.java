/**
 * The upkeep of a registry, for its administrators: an overview, what is stored, collections, scrubs, what was deleted and can be
 * restored, and the audit.
 */
@NullMarked
package dev.berth.registry.console.operation.upkeep;

import org.jspecify.annotations.NullMarked;
