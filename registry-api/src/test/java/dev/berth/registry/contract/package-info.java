/**
 * Contract tests for everyone who implements one of Berth's interfaces.
 *
 * <p>{@link dev.berth.registry.contract.ObjectStoreContract} checks an
 * {@link dev.berth.registry.storage.ObjectStore}: subclass it, say how to make a store, and run it with JUnit. Its rules
 * stand in one class per subject ({@code …Rules}), on a few helpers: {@code Racers} and {@code Background} run threads,
 * {@code Contents} makes bytes, {@code KeyModel} is what listings are compared to.
 *
 * <p>Needs JUnit Jupiter and AssertJ.
 */
@NullMarked
package dev.berth.registry.contract;

import org.jspecify.annotations.NullMarked;
