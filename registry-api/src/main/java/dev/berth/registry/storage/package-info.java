/**
 * The storage SPI: the interface between the hosting engine and the place where a registry is stored.
 *
 * <p>An {@link dev.berth.registry.storage.ObjectStore} is a map from {@linkplain dev.berth.registry.storage.ObjectKey
 * keys} to bytes, ordered by key, with atomic and durable writes. File systems, S3-compatible object stores and memory
 * implement it. A further implementation is tested with {@code dev.berth.registry.contract.ObjectStoreContract}, which
 * is in the test-jar of this module:
 *
 * <pre>{@code
 * <dependency>
 *   <groupId>dev.berth</groupId>
 *   <artifactId>registry-api</artifactId>
 *   <type>test-jar</type>
 *   <scope>test</scope>
 * </dependency>
 * }</pre>
 *
 * <p>{@link dev.berth.registry.storage.PrefixedObjectStore} is a view below a prefix of a store;
 * {@link dev.berth.registry.storage.ForwardingObjectStore} is the base of stores that wrap another one.
 *
 * <p>Unlike the registry interface, the SPI throws checked {@link java.io.IOException}: its implementers do I/O.
 */
@NullMarked
package dev.berth.registry.storage;

import org.jspecify.annotations.NullMarked;
