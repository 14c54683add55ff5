/**
 * A registry in an object store: keys, links, data, the index, the repair journal, and the marks of collection. Shared by
 * the engine and maintenance, which get the parts from {@link dev.berth.registry.internal.store.RegistryStore}.
 *
 * <p>The keys, the order of all writes, and the rules of collection are in {@code registry-core/docs/storage-layout.md}. The
 * classes use its terms: the <i>facts</i> are links and data; an <i>entry</i> of the index is an empty object that a listing
 * pages through; a <i>ghost</i> is an entry whose fact is missing; an entry of the <i>repair journal</i> records a deletion
 * from the index before it happens.
 */
@NullMarked
package dev.berth.registry.internal.store;

import org.jspecify.annotations.NullMarked;
