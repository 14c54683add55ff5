/**
 * Contract tests for everyone who implements one of Berth's interfaces.
 *
 * <p>{@link dev.berth.registry.contract.RegistryContract} checks a {@link dev.berth.registry.Registry},
 * {@link dev.berth.registry.contract.RegistryRaceContract} adds what several threads do at the same time, and
 * {@link dev.berth.registry.contract.ObjectStoreContract} an {@link dev.berth.registry.storage.ObjectStore}: subclass it,
 * say which registry, or how to make a store, and run it with JUnit. The rules of both stand in one class per subject
 * ({@code …Rules}), those of registries on {@code RegistryRules}, those of stores on {@code StoreRules}.
 *
 * <p>They share a few helpers: {@code Racers} and {@code Background} run threads, {@code Contents} makes bytes,
 * {@code UploadStreams} and {@code WatchedSource} deliver them in all ways. {@code ManifestText} writes manifests,
 * {@code KeyModel} is what listings of a store are compared to.
 *
 * <p>{@link dev.berth.registry.contract.Cases} and {@link dev.berth.registry.contract.Seeds} check one rule for many
 * values, or seeds, in one test.
 *
 * <p>Needs JUnit Jupiter and AssertJ.
 */
@NullMarked
package dev.berth.registry.contract;

import org.jspecify.annotations.NullMarked;
