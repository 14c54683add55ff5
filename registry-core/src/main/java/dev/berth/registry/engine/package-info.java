/**
 * The hosting engine: {@link dev.berth.registry.engine.StorageRegistry} is a registry over an
 * {@link dev.berth.registry.storage.ObjectStore}.
 *
 * <p>The store has the layout of {@code registry:2}, below {@code docker/registry/v2/}, and an index of Berth's below
 * {@code _berth/}, with which a listing costs one page and a deletion only what it deletes. Uploads are below
 * {@code _berth/} as well. Damaged content, such as links or data that a crash left empty, counts as missing; the next push
 * repairs it.
 *
 * <p>Several processes may serve the same store at the same time, if the store supports conditional writes. What was
 * acknowledged survives a crash of any process at any point. Deleting a tag, manifest or blob makes it invisible; its
 * bytes stay in the store.
 *
 * <p>The engine does not depend on HTTP.
 */
@NullMarked
package dev.berth.registry.engine;

import org.jspecify.annotations.NullMarked;
