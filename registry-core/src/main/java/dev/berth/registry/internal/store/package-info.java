/**
 * What the engine keeps in an object store, and how: keys, links, the index, the repair journal, and the marks of
 * collection. Shared by the engine and maintenance. The layout and the order of writes are described in the package
 * {@code dev.berth.registry.engine}.
 */
@NullMarked
package dev.berth.registry.internal.store;

import org.jspecify.annotations.NullMarked;
