/**
 * The hosting engine: {@link dev.berth.registry.engine.StorageRegistry} is a registry over an
 * {@link dev.berth.registry.storage.ObjectStore}. It does not depend on HTTP.
 *
 * <p>The primary data has the keys of {@code registry:2}, below {@code docker/registry/v2/}. Listings page through an index
 * below {@code _berth/}, which {@link dev.berth.registry.engine.StorageRegistry#rebuildIndex} rebuilds from the primary
 * data. A store has no transactions. These invariants follow from the order of writes; they hold under any interleaving of
 * several processes, and after a crash at any point:
 *
 * <ul>
 *   <li>Every read and every listing contains what was acknowledged. None contains what was not, except for an index entry
 *       that may remain until it is next read.
 *   <li>A blob or manifest is visible in a repository only through a link of that repository, and only while its data
 *       exists.
 *   <li>A link or data that is empty or truncated counts as missing. The next push repairs it.
 *   <li>Nothing that was acknowledged is removed by a collection, which may run at any time, in any process: every request
 *       reads the marks of collection of what it relies on, see {@link dev.berth.registry.internal.store.Marks}.
 *   <li>If a process dies during a deletion, the next start of any process and
 *       {@link dev.berth.registry.engine.StorageRegistry#maintain} complete it, beside the requests if it is much.
 * </ul>
 *
 * <p>All keys and the order of all writes are in {@code registry-core/docs/storage-layout.md} beside the sources.
 */
@NullMarked
package dev.berth.registry.engine;

import org.jspecify.annotations.NullMarked;
