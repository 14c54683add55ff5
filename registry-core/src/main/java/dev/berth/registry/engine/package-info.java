/**
 * The hosting engine: {@link dev.berth.registry.engine.StorageRegistry}, a registry over an
 * {@link dev.berth.registry.storage.ObjectStore}. It knows nothing of HTTP.
 *
 * <p>Primary data has the keys of Docker's own registry, below {@code docker/registry/v2/}. Listings page through an
 * index of its own below {@code _berth/}, which {@link dev.berth.registry.engine.StorageRegistry#rebuildIndex} rebuilds
 * from the primary data. A store has no transactions; these invariants follow from the order of writes, under any
 * interleaving of several processes and after a crash at any point:
 *
 * <ul>
 *   <li>What was acknowledged is in every read and every listing. What was not is in none, except for an index entry that
 *       may remain until it is next looked at.
 *   <li>A blob or manifest is visible in a repository only through that repository's link, and only while its data exists.
 *   <li>A link or data that is empty or truncated counts as missing. The next push repairs it.
 *   <li>If a process dies during a deletion, the next start of any process and
 *       {@link dev.berth.registry.engine.StorageRegistry#maintain} complete what it left.
 * </ul>
 *
 * <p>All keys and the order of all writes are in {@code registry-core/docs/storage-layout.md} beside the sources.
 */
@NullMarked
package dev.berth.registry.engine;

import org.jspecify.annotations.NullMarked;
