/**
 * The storage SPI: what a store must do so that the hosting engine can keep a registry in it.
 *
 * <p>An {@link dev.berth.registry.storage.ObjectStore} is a map from {@linkplain dev.berth.registry.storage.ObjectKey
 * keys} to bytes, ordered by key, with atomic and durable writes. File systems, S3-compatible object stores and memory
 * differ in a few hundred lines behind it; who writes another one runs the contract tests of this package's test-jar
 * ({@code dev.berth.registry.contract.ObjectStoreContract}) against it.
 *
 * <p>Unlike the registry interface, the SPI throws checked {@link java.io.IOException}: its implementers do I/O.
 */
@NullMarked
package dev.berth.registry.storage;

import org.jspecify.annotations.NullMarked;
